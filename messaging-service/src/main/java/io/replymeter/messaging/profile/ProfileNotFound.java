package io.replymeter.messaging.profile;

import io.replymeter.messaging.web.Problem;
import org.springframework.http.HttpStatus;

/** Nobody has this id, or they have another role than the path says. */
final class ProfileNotFound extends Problem {
    ProfileNotFound(String who) {
        super(
                HttpStatus.NOT_FOUND,
                "profile-not-found",
                "There is no such profile",
                "No " + who + " has this id. Check the id, and whose profile the path asks for.");
    }
}
