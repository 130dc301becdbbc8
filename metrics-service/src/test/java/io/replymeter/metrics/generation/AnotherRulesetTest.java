package io.replymeter.metrics.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replymeter.embedded.Database;
import io.replymeter.embedded.TestServers;
import io.replymeter.metrics.Instance;
import io.replymeter.metrics.TestTopic;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Tables of another ruleset are refused at start-up. */
@ExtendWith(OutputCaptureExtension.class)
class AnotherRulesetTest {

    @Test
    void aDatabaseOfAnotherRulesetIsRefusedWithWhatToDo(CapturedOutput output) throws SQLException {
        Database database = TestServers.newDatabase();
        TestTopic topic = TestTopic.create();
        Instance.start(database, topic).close();
        try (Connection connection = database.connect()) {
            connection.createStatement().executeUpdate("UPDATE flyway_schema_history SET checksum = 1");
        }

        assertThatThrownBy(() -> Instance.start(database, topic)).hasRootCauseInstanceOf(FlywayValidateException.class);
        assertThat(output).contains("Give metrics-service a new, empty database: the topic has everything");
    }
}
