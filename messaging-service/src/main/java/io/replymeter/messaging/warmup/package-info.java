/** What the service does before it says that it is ready, so that its first users do not wait for compilers. */
@NullMarked
package io.replymeter.messaging.warmup;

import org.jspecify.annotations.NullMarked;
