package io.replymeter.messaging.profile;

import io.replymeter.messaging.user.UserRole;
import io.replymeter.web.Problem;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** Why a profile or its response metrics cannot be read or changed. */
final class ProfileProblems {

    private ProfileProblems() {}

    static Problem noUser() {
        return notFound("user");
    }

    /** Nobody has the id, or they have another role than the path says. */
    static Problem nobodyWith(UserRole role) {
        return notFound(role.name().toLowerCase(Locale.ROOT));
    }

    private static Problem notFound(String who) {
        return new Problem(
                HttpStatus.NOT_FOUND,
                "profile-not-found",
                "There is no such profile",
                "No " + who + " has this id. Check the id, and whose profile the path asks for.");
    }

    static Problem notAProvider() {
        return new Problem(
                HttpStatus.FORBIDDEN,
                "not-a-provider",
                "Only providers have response metrics",
                "Use a provider's token to read that provider's own metrics.");
    }

    /** The metrics API did not answer, and nothing can stand in for its answer. */
    static Problem metricsUnavailable() {
        return new Problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "metrics-unavailable",
                "Response data temporarily unavailable",
                "The response metrics could not be read just now. Send the same request again in a few seconds.");
    }
}
