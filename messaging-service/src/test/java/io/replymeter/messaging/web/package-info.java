@NullMarked
package io.replymeter.messaging.web;

import org.jspecify.annotations.NullMarked;
