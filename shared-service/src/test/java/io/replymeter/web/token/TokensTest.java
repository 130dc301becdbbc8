package io.replymeter.web.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** What a signed token must say, by Boot's properties and our own rule. */
class TokensTest {

    private static final String PREFIX = "spring.security.oauth2.resourceserver.jwt.";

    @TempDir
    private Path folder;

    private KeyPair keys;
    private WebApplicationContextRunner service;

    @BeforeEach
    void aServiceThatTrustsAKey() throws GeneralSecurityException, IOException {
        keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        Path file = folder.resolve("key.pub");
        Files.writeString(
                file,
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(keys.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        service = new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(OAuth2ResourceServerAutoConfiguration.class))
                .withBean(WholeTokens.class)
                .withPropertyValues(PREFIX + "public-key-location=" + file.toUri());
    }

    @Test
    void aTokenWithoutAnEndIsRefused() {
        assertRefused(service, token -> token.expirationTime(null));
    }

    @Test
    void aTokenOfNobodyIsRefused() {
        assertRefused(service, token -> token.subject(null));
        assertRefused(service, token -> token.subject(" "));
    }

    @Test
    void aTokenThatHasEndedIsRefused() {
        assertRefused(
                service, token -> token.expirationTime(Date.from(Instant.now().minusSeconds(3_600))));
    }

    @Test
    void whereAnAudienceIsConfiguredATokenForSomebodyElseIsRefused() {
        WebApplicationContextRunner strict = service.withPropertyValues(PREFIX + "audiences=replymeter");

        assertRefused(strict, token -> token);
        assertRefused(strict, token -> token.audience("another-service"));
        assertAccepted(strict, token -> token.audience("replymeter"));
    }

    @Test
    void whereAnIssuerIsConfiguredATokenOfAnotherIssuerIsRefused() {
        WebApplicationContextRunner strict =
                service.withPropertyValues("replymeter.tokens.issuer=https://issuer.example");

        assertRefused(strict, token -> token);
        assertRefused(strict, token -> token.issuer("https://other.example"));
        assertAccepted(strict, token -> token.issuer("https://issuer.example"));
    }

    @Test
    void aWholeTokenIsAccepted() {
        assertAccepted(service, token -> token);
    }

    private void assertAccepted(WebApplicationContextRunner runner, UnaryOperator<JWTClaimsSet.Builder> change) {
        runner.run(context -> assertThat(
                        context.getBean(JwtDecoder.class).decode(token(change)).getSubject())
                .isEqualTo("somebody"));
    }

    private void assertRefused(WebApplicationContextRunner runner, UnaryOperator<JWTClaimsSet.Builder> change) {
        runner.run(context -> assertThatThrownBy(
                        () -> context.getBean(JwtDecoder.class).decode(token(change)))
                .isInstanceOf(BadJwtException.class));
    }

    private String token(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .subject("somebody")
                .expirationTime(Date.from(Instant.now().plusSeconds(600)));
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.RS256), change.apply(claims).build());
        token.sign(new RSASSASigner(keys.getPrivate()));
        return token.serialize();
    }
}
