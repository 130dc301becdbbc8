@NullMarked
package io.replymeter.messaging.warmup;

import org.jspecify.annotations.NullMarked;
