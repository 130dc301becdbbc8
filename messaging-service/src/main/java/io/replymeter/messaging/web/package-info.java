/** The HTTP boundary: who may call what, and who is calling. */
@NullMarked
package io.replymeter.messaging.web;

import org.jspecify.annotations.NullMarked;
