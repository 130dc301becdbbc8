package io.replymeter.messaging.web;

import io.replymeter.web.Problem;
import io.replymeter.web.input.CanonicalUuid;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who is calling, according to their token. A controller takes it as a parameter.
 *
 * @param subject a user's id, or a service's name
 * @param scopes without the prefix SCOPE_
 */
public record Caller(String subject, Set<String> scopes) {

    private static final String SCOPE = "SCOPE_";

    /** Who is calling now. Empty without a token. */
    public static Optional<Caller> current() {
        return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
                .filter(authentication -> !(authentication instanceof AnonymousAuthenticationToken))
                .map(Caller::of);
    }

    private static Caller of(Authentication authentication) {
        return new Caller(
                authentication.getName(),
                authentication.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .filter(authority -> authority != null && authority.startsWith(SCOPE))
                        .map(authority -> String.valueOf(authority).substring(SCOPE.length()))
                        .collect(Collectors.toUnmodifiableSet()));
    }

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
