package io.replymeter.local.api;

import io.replymeter.local.stack.CannotContinue;

/** Nobody answers where a service should; it may come back. */
public final class ServiceAway extends CannotContinue {

    ServiceAway(String message, Throwable cause) {
        super(message, cause);
    }
}
