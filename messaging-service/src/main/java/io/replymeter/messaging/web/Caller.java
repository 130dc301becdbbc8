package io.replymeter.messaging.web;

import io.replymeter.web.Problem;
import io.replymeter.web.input.CanonicalUuid;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;

/**
 * Who is calling, according to their token. A controller takes it as a parameter.
 *
 * @param subject a user's id, or a service's name
 * @param scopes without the prefix SCOPE_
 */
public record Caller(String subject, Set<String> scopes) {

    /** Whether the caller may act for everybody. */
    public boolean isAdmin() {
        return scopes.contains("admin");
    }

    /**
     * The user who is calling.
     *
     * @throws Problem when the token's subject is not a user's id
     */
    public UUID userId() {
        try {
            return CanonicalUuid.parse(subject);
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    HttpStatus.FORBIDDEN,
                    "not-a-user",
                    "Only users can do this",
                    "The token's subject is not a user's id. Use the token of the user concerned.");
        }
    }
}
