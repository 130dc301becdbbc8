@NullMarked
package io.replymeter.messaging.outbox;

import org.jspecify.annotations.NullMarked;
