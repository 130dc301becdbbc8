/** Events on their way to Kafka: written with the change they tell of, sent in order per conversation, never lost. */
@NullMarked
package io.replymeter.messaging.outbox;

import org.jspecify.annotations.NullMarked;
