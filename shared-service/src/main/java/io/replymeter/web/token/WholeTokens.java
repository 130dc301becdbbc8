package io.replymeter.web.token;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;

/**
 * What a token has to say whoever signed it: whose it is, until when, and by whom where that is configured. Boot asks this
 * beside its own validators, which check an issuer only if they also ask it for its keys.
 */
public final class WholeTokens implements OAuth2TokenValidator<Jwt> {

    private static final OAuth2Error INCOMPLETE = new OAuth2Error(
            OAuth2ErrorCodes.INVALID_TOKEN, "A token needs the claims sub and exp, and the configured iss", null);

    private final String issuer;

    /** @param issuer empty for any */
    WholeTokens(@Value("${replymeter.tokens.issuer:}") String issuer) {
        this.issuer = issuer;
    }

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        return isWhole(token) ? OAuth2TokenValidatorResult.success() : OAuth2TokenValidatorResult.failure(INCOMPLETE);
    }

    private boolean isWhole(Jwt token) {
        String subject = token.getSubject();
        return subject != null
                && !subject.isBlank()
                && token.getExpiresAt() != null
                && (issuer.isEmpty() || issuer.equals(token.getClaimAsString(JwtClaimNames.ISS)));
    }
}
