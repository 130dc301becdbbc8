package io.replymeter.web.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * Remembers tokens that were verified, so that not every request of a user checks the same signature again: for five minutes,
 * as a key set is kept, and never past the token's end. A refused token is not remembered. Thread-safe.
 */
public final class VerifiedTokens {

    private static final Duration KEPT = Duration.ofMinutes(5);

    /** Of all remembered tokens together: some 20,000 of the usual length. */
    private static final long MAXIMUM_CHARACTERS = 10_000_000;

    private final JwtDecoder verifier;
    private final Cache<String, Jwt> verified = Caffeine.newBuilder()
            .maximumWeight(MAXIMUM_CHARACTERS)
            .weigher((String token, Jwt jwt) -> token.length())
            .expireAfterWrite(KEPT)
            .build();

    public VerifiedTokens(JwtDecoder verifier) {
        this.verifier = verifier;
    }

    /** @throws JwtException when the token is refused */
    public Jwt decode(String token) throws JwtException {
        Jwt known = verified.getIfPresent(token);
        if (known != null && endsAfter(Instant.now(), known.getExpiresAt())) {
            return known;
        }
        Jwt jwt = verifier.decode(token);
        verified.put(token, jwt);
        return jwt;
    }

    /** Takes a token for verified that this process has made itself, and that nobody else knows. */
    public void trust(Jwt own) {
        verified.put(own.getTokenValue(), own);
    }

    public void forget(String token) {
        verified.invalidate(token);
    }

    private static boolean endsAfter(Instant now, @Nullable Instant end) {
        return end != null && now.isBefore(end);
    }
}
