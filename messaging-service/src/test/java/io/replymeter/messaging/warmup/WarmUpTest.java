package io.replymeter.messaging.warmup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.replymeter.messaging.Patience;
import io.replymeter.messaging.TestPlatform;
import io.replymeter.messaging.warmup.Rehearsal.Pair;
import io.replymeter.web.token.VerifiedTokens;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.jwt.JwtException;

@ExtendWith(Patience.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"replymeter.warm-up.requests=200", "replymeter.warm-up.time=10m"})
@Import(TestPlatform.class)
class WarmUpTest {

    @Autowired
    JdbcClient database;

    @Autowired
    MeterRegistry meters;

    @Autowired
    Rehearsal rehearsal;

    @Autowired
    VerifiedTokens tokens;

    @Test
    void messagesWereWrittenAndNothingOfThemIsLeft() {
        long events = database.sql("SELECT last_value FROM outbox_id_seq")
                .query(Long.class)
                .single();

        assertThat(events).isGreaterThan(100); // no rollback takes a number back
        for (String table : List.of("users", "conversations", "messages", "outbox", "stale_response_metrics")) {
            assertThat(database.sql("SELECT count(*) FROM " + table)
                            .query(Long.class)
                            .single())
                    .as(table)
                    .isZero();
        }
        assertThat(meters.find("http.server.requests").meters()).isEmpty();
    }

    @Test
    void aTokenEndsWithItsRehearsal() {
        UUID client = UUID.randomUUID();
        String token = rehearsal.begin(new Pair(client, UUID.randomUUID()), client);
        assertThat(tokens.decode(token).getSubject()).isEqualTo(client.toString());

        rehearsal.end(token, client);

        assertThatThrownBy(() -> tokens.decode(token)).isInstanceOf(JwtException.class);
    }
}
