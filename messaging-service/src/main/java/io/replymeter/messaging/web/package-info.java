/** The HTTP boundary: who may come in, who is calling, and how an error looks. */
@NullMarked
package io.replymeter.messaging.web;

import org.jspecify.annotations.NullMarked;
