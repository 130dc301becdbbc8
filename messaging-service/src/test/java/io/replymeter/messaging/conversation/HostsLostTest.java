package io.replymeter.messaging.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.replymeter.messaging.Api;
import io.replymeter.messaging.MessagingTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** A host that is lost in the middle of a post keeps its transaction, and nobody is held up by it for long. */
@MessagingTest
class HostsLostTest {

    private static final String LOCK = "SELECT id FROM conversations WHERE id = ? FOR UPDATE SKIP LOCKED";

    @Autowired
    Api api;

    @Autowired
    DataSource pool;

    @Autowired
    Flyway flyway;

    private UUID client;
    private UUID provider;
    private UUID conversation;

    @BeforeEach
    void aConversation() {
        client = api.newUser("CLIENT");
        provider = api.newUser("PROVIDER");
        conversation =
                UUID.fromString(api.json(201, post()).path("conversationId").asString());
    }

    @Test
    void theTransactionOfALostHostEndsByItself() throws SQLException {
        Connection lost = pool.getConnection();
        lost.setAutoCommit(false);
        assertThat(isFree(lost)).isTrue();

        await().until(() -> {
            try (Connection next = pool.getConnection()) {
                return isFree(next);
            }
        });

        assertThatThrownBy(lost::close).hasMessageContaining("idle-in-transaction");
        api.json(201, post());
    }

    @Test
    void aMessageThatCannotHaveItsConversationInTimeIsToBeSentAgain() throws SQLException {
        try (Connection unbounded = flyway.getConfiguration().getDataSource().getConnection()) {
            unbounded.setAutoCommit(false);
            assertThat(isFree(unbounded)).isTrue();

            MvcTestResult answer = post();

            api.problem(503, "try-again", answer);
            assertThat(answer).hasHeader("Retry-After", "5");
            unbounded.rollback();
        }
        api.json(201, post());
    }

    @Test
    void migrationsTakeAsLongAsTheyNeed() throws SQLException {
        try (Connection migrating = flyway.getConfiguration().getDataSource().getConnection()) {
            assertThat(JdbcClient.create(new SingleConnectionDataSource(migrating, true))
                            .sql("SHOW statement_timeout")
                            .query(String.class)
                            .single())
                    .isEqualTo("0");
            assertThat(migrating.getNetworkTimeout()).isZero();
        }
    }

    private boolean isFree(Connection session) {
        return JdbcClient.create(new SingleConnectionDataSource(session, true))
                .sql(LOCK)
                .param(conversation)
                .query(UUID.class)
                .optional()
                .isPresent();
    }

    private MvcTestResult post() {
        return api.post(
                Api.user(client), "/api/v1/messages", "{\"recipientId\":\"" + provider + "\",\"body\":\"Hello\"}");
    }
}
