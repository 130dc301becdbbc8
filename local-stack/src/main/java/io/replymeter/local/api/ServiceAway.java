package io.replymeter.local.api;

import io.replymeter.local.stack.CannotContinue;

/** A service does not answer; it may come back. */
public final class ServiceAway extends CannotContinue {

    ServiceAway(String message, Throwable cause) {
        super(message, cause);
    }
}
