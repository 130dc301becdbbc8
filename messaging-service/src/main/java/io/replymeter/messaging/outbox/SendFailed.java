package io.replymeter.messaging.outbox;

/** Kafka has not acknowledged all events of a batch; those that it has may come again. */
final class SendFailed extends Exception {
    SendFailed(Throwable cause) {
        super("Kafka did not take the events: " + cause, cause);
    }
}
