package io.replymeter.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;

@ExtendWith(OutputCaptureExtension.class)
class ErrorLogTest {

    private final AtomicLong nanoTime = new AtomicLong();
    private final ErrorLog errors = new ErrorLog(LoggerFactory.getLogger("worker"), nanoTime::get);

    @Test
    void whatIsAwayIsOneLine(CapturedOutput output) {
        errors.report("It could not be sent", new TimeoutException("no broker"));
        errors.report("It could not be read", new DataAccessResourceFailureException("gone"));
        errors.report("It could not be stored", new QueryTimeoutException("slow"));
        errors.report("It could not connect", new SQLException("refused", "08001"));

        assertThat(output.getOut().lines())
                .hasSize(4)
                .allMatch(line -> line.contains("WARN"))
                .anyMatch(line -> line.endsWith("TimeoutException: no broker"));
    }

    @Test
    void theLineNamesTheRootCause(CapturedOutput output) {
        errors.report("It could not be sent", new IllegalStateException("wrapped", new TimeoutException("no broker")));

        assertThat(output.getOut().lines())
                .singleElement()
                .asString()
                .endsWith("It could not be sent: " + TimeoutException.class.getName() + ": no broker");
    }

    @Test
    void anUnexpectedErrorComesWithItsStackTrace(CapturedOutput output) {
        errors.report("It could not be sent", new IllegalStateException("a bug"));
        errors.report("It could not be read", new SQLException("syntax", "42601"));

        assertThat(output.getOut())
                .contains("ERROR", "It could not be sent", "IllegalStateException: a bug", "SQLException: syntax")
                .contains("at " + getClass().getName() + ".anUnexpectedErrorComesWithItsStackTrace");
    }

    @Test
    void oneKindIsLoggedOnceAMinute(CapturedOutput output) {
        for (int second = 0; second < 120; second++) {
            nanoTime.set(Duration.ofSeconds(second).toNanos());
            errors.report("It could not be sent", new IllegalStateException("number " + second));
        }

        assertThat(output.getOut()).contains("number 0\n", "number 60\n").doesNotContain("number 1\n", "number 119\n");
    }

    @Test
    void anotherKindIsLoggedAtOnce(CapturedOutput output) {
        errors.report("It could not be sent", new IllegalStateException("first"));
        errors.report("It could not be sent", new IllegalStateException("elsewhere"));
        errors.report("It could not be sent", new IllegalArgumentException("other"));
        errors.report("It could not be read", new IllegalArgumentException("other work"));

        assertThat(output.getOut()).contains("first", "elsewhere", "other", "other work");
    }
}
