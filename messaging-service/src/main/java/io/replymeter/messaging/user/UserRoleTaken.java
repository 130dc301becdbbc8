package io.replymeter.messaging.user;

import io.replymeter.messaging.web.Problem;
import org.springframework.http.HttpStatus;

/** The id belongs to somebody with another role. */
final class UserRoleTaken extends Problem {
    UserRoleTaken() {
        super(
                HttpStatus.CONFLICT,
                "user-has-another-role",
                "A user with this id has another role",
                "A role never changes: use another id, or send the role this user has.");
    }
}
