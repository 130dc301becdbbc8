package io.replymeter.metrics.log;

/** The broker did not answer, or not in time: its name does not resolve, it is down, or it refused. */
public final class BrokerUnavailable extends RuntimeException {

    BrokerUnavailable(Throwable cause) {
        super("the broker did not answer: " + (cause.getMessage() == null ? cause : cause.getMessage()), cause);
    }
}
