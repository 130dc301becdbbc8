package io.replymeter.messaging.profile;

import io.replymeter.messaging.web.Problem;
import org.springframework.http.HttpStatus;

/** The metrics API did not answer, and nothing can stand in for its answer. */
final class MetricsUnavailable extends Problem {
    MetricsUnavailable() {
        super(
                HttpStatus.SERVICE_UNAVAILABLE,
                "metrics-unavailable",
                "Response data temporarily unavailable",
                "The response metrics could not be read just now. Send the same request again in a few seconds.");
    }
}
