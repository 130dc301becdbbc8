package io.replymeter.web.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;

class VerifiedTokensTest {

    private final List<String> checked = new ArrayList<>();
    private Instant end = Instant.now().plusSeconds(600);
    private boolean isTrusted = true;
    private final VerifiedTokens tokens = new VerifiedTokens(this::check);

    @Test
    void aTokenIsCheckedOnce() {
        Jwt first = tokens.decode("one");

        assertThat(tokens.decode("one")).isSameAs(first);
        assertThat(checked).containsExactly("one");
    }

    @Test
    void everyOtherTokenIsChecked() {
        tokens.decode("one");
        tokens.decode("two");

        assertThat(checked).containsExactly("one", "two");
    }

    @Test
    void whatHasEndedSinceIsCheckedAgain() {
        end = Instant.now().minusSeconds(1); // the verifier allows for clocks that differ
        tokens.decode("one");

        isTrusted = false;
        assertThatThrownBy(() -> tokens.decode("one")).isInstanceOf(BadJwtException.class);
    }

    @Test
    void whatWasRefusedIsCheckedAgain() {
        isTrusted = false;
        assertThatThrownBy(() -> tokens.decode("one")).isInstanceOf(BadJwtException.class);

        isTrusted = true;
        assertThat(tokens.decode("one").getSubject()).isEqualTo("somebody");
    }

    private Jwt check(String token) {
        checked.add(token);
        if (!isTrusted) {
            throw new BadJwtException("not trusted");
        }
        return Jwt.withTokenValue(token)
                .header("alg", "RS256")
                .subject("somebody")
                .issuedAt(end.minusSeconds(3_600))
                .expiresAt(end)
                .build();
    }
}
