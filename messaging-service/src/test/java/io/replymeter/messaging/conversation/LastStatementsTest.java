package io.replymeter.messaging.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replymeter.jdbc.Pipeline;
import io.replymeter.messaging.Api;
import io.replymeter.messaging.MessagingTest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** The last statements of a transaction bring its commit with them. */
@MessagingTest
@Import(LastStatementsTest.Writer.class)
class LastStatementsTest {

    private static final String BAN = "INSERT INTO bans (user_id) VALUES (:user)";

    static class Writer {

        @Autowired
        JdbcOperations jdbc;

        @Transactional
        public void ban(UUID one, UUID other, Runnable afterwards) {
            Pipeline pipeline = new Pipeline();
            pipeline.update(BAN, Map.of("user", one));
            pipeline.update(BAN, Map.of("user", other));
            pipeline.runLast(jdbc);
            afterwards.run();
        }
    }

    @Autowired
    Writer writer;

    @Autowired
    Api api;

    @Autowired
    JdbcClient database;

    @Autowired
    PlatformTransactionManager transactions;

    UUID one;
    UUID other;

    @BeforeEach
    void twoUsers() {
        one = api.newUser("CLIENT");
        other = api.newUser("CLIENT");
    }

    @Test
    void whatTheyWroteIsSeenBeforeTheMethodEnds() {
        writer.ban(one, other, () -> assertThat(bannedInTheEyesOfOthers()).isEqualTo(2));

        assertThat(bannedInTheEyesOfOthers()).isEqualTo(2);
    }

    @Test
    void oneThatIsRefusedLeavesNothing() {
        assertThatThrownBy(() -> writer.ban(one, UUID.randomUUID(), () -> {})).isInstanceOf(DataAccessException.class);

        assertThat(bannedInTheEyesOfOthers()).isZero();
    }

    @Test
    void aTransactionThatSomebodyElseHasBegunIsTheirsToRollBack() {
        new TransactionTemplate(transactions).executeWithoutResult(transaction -> {
            transaction.setRollbackOnly();
            writer.ban(one, other, () -> assertThat(bannedInTheEyesOfOthers()).isZero());
        });

        assertThat(bannedInTheEyesOfOthers()).isZero();
    }

    private int bannedInTheEyesOfOthers() {
        TransactionTemplate another = new TransactionTemplate(transactions);
        another.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return another.execute(transaction -> database.sql("SELECT count(*) FROM bans WHERE user_id IN (:one, :other)")
                .param("one", one)
                .param("other", other)
                .query(Integer.class)
                .single());
    }
}
