package io.replymeter.local.stack;

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
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;

/** The key that signs the tokens which the services of a local stack accept. It is for this machine only. */
public final class SigningKey {

    private static final int BITS = 2048;
    private static final Base64.Encoder PEM_LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final PrivateKey key;
    private final Clock clock;

    private SigningKey(PrivateKey key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    /** The key in {@code privateFile}. If a file is missing, a new key is written to both. */
    static SigningKey createIfMissing(Path privateFile, Path publicFile) throws IOException, GeneralSecurityException {
        if (!Files.exists(privateFile) || !Files.exists(publicFile)) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            KeyPair pair = generator.generateKeyPair();
            Files.writeString(publicFile, pem("PUBLIC KEY", pair.getPublic().getEncoded()));
            SecretFile.write(privateFile, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        }
        return read(privateFile);
    }

    static SigningKey read(Path privateFile) throws IOException, GeneralSecurityException {
        String base64 = Files.readString(privateFile).replaceAll("-----[A-Z ]+-----", "");
        byte[] encoded = Base64.getMimeDecoder().decode(base64);
        PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        return new SigningKey(key, Clock.systemUTC());
    }

    /**
     * A signed JSON Web Token (RS256).
     *
     * @param subject the id of a user, or the name of a service
     * @param scopes what the subject may do beyond being signed in
     * @param lifetime how long the token is accepted
     */
    public String token(String subject, List<String> scopes, Duration lifetime) {
        Instant now = clock.instant();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .subject(subject)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(lifetime)));
        if (!scopes.isEmpty()) {
            claims.claim("scope", String.join(" ", scopes));
        }
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims.build());
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("Could not sign a token", e);
        }
        return token.serialize();
    }

    private static String pem(String type, byte[] encoded) {
        return "-----BEGIN " + type + "-----\n" + PEM_LINES.encodeToString(encoded) + "\n-----END " + type + "-----\n";
    }
}
