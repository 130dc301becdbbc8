package io.replymeter.messaging.profile;

import io.replymeter.messaging.web.Problem;
import org.springframework.http.HttpStatus;

/** Somebody who is no provider asks for response metrics of their own. */
final class NotAProvider extends Problem {
    NotAProvider() {
        super(
                HttpStatus.FORBIDDEN,
                "not-a-provider",
                "Only providers have response metrics",
                "Use a provider's token to read that provider's own metrics.");
    }
}
