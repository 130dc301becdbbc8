package io.replymeter.messaging.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.ObservationRegistry;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** What the log says when the cached metrics cannot be refreshed. */
@ExtendWith(OutputCaptureExtension.class)
class RefreshErrorsTest {

    @Test
    void aDatabaseThatIsAwayIsOneLine(CapturedOutput output) {
        MetricsRefresh refresh = refresh(() -> {
            throw new SQLException("Connection refused", "08001");
        });

        refresh.refresh();
        refresh.refresh();

        assertThat(output.getOut().lines().filter(line -> line.contains("could not be refreshed")))
                .singleElement()
                .asString()
                .endsWith("java.sql.SQLException: Connection refused");
        assertThat(output).doesNotContain("\tat ");
    }

    @Test
    void anUnexpectedErrorComesWithItsStackTraceOnce(CapturedOutput output) {
        MetricsRefresh refresh = refresh(() -> {
            throw new IllegalArgumentException("a bug");
        });

        refresh.refresh();
        refresh.refresh();

        assertThat(output).containsOnlyOnce("IllegalArgumentException: a bug").contains("\tat ");
    }

    private interface Opening {
        Connection open() throws SQLException;
    }

    private static MetricsRefresh refresh(Opening opening) {
        Duration any = Duration.ofSeconds(1);
        MetricsApiProperties api = new MetricsApiProperties(URI.create("http://localhost"), null, any, any, any);
        AbstractDataSource database = new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                return opening.open();
            }

            @Override
            public Connection getConnection(String username, String password) throws SQLException {
                return opening.open();
            }
        };
        return new MetricsRefresh(
                new MetricsCache(JdbcClient.create(database), api), new MetricsClient(api, ObservationRegistry.NOOP));
    }
}
