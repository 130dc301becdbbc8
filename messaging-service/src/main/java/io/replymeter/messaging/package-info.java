/** The messaging service's application. */
@NullMarked
package io.replymeter.messaging;

import org.jspecify.annotations.NullMarked;
