package io.replymeter.messaging.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.messaging.Api;
import io.replymeter.messaging.MessagingTest;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** What the sender of a message is told when the database fails while the message is being written. */
@MessagingTest
class DatabaseLostTest {

    @Autowired
    Api api;

    @Autowired
    JdbcClient database;

    @AfterEach
    void mend() {
        database.sql("DROP FUNCTION IF EXISTS fail CASCADE").update();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            INITIALLY DEFERRED  | PERFORM pg_terminate_backend(pg_backend_pid())
            INITIALLY DEFERRED  | RAISE 'No space left on device' USING ERRCODE = '53100'
            INITIALLY IMMEDIATE | PERFORM pg_terminate_backend(pg_backend_pid())
            INITIALLY IMMEDIATE | RAISE 'No space left on device' USING ERRCODE = '53100'
            INITIALLY IMMEDIATE | RAISE 'cannot execute in a read-only transaction' USING ERRCODE = '25006'
            INITIALLY IMMEDIATE | RAISE 'terminated when idle' USING ERRCODE = '25P03'
            """)
    void aMessageMayHaveBeenWrittenAndIsSentAgainWithItsKey(String when, String failure) {
        UUID client = api.newUser("CLIENT");
        UUID provider = api.newUser("PROVIDER");
        String body = "{\"recipientId\":\"" + provider + "\",\"body\":\"Hello\"}";
        database.sql("CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + failure
                        + "; RETURN NULL; END $$")
                .update();
        database.sql("CREATE CONSTRAINT TRIGGER fails AFTER INSERT ON outbox DEFERRABLE " + when
                        + " FOR EACH ROW EXECUTE FUNCTION fail()")
                .update();

        MvcTestResult answer = post(client, body);

        assertThat(api.problem(503, "try-again", answer).path("detail").asString())
                .isEqualTo("It may have been written. Send the same request again in a few seconds, with the same"
                        + " Idempotency-Key if it had one.");
        assertThat(answer).hasHeader("Retry-After", "5");
        mend();
        assertThat(post(client, body)).hasStatus(201);
    }

    private MvcTestResult post(UUID client, String body) {
        return api.http()
                .post()
                .uri("/api/v1/messages")
                .with(Api.user(client))
                .header("Idempotency-Key", "the-same")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
