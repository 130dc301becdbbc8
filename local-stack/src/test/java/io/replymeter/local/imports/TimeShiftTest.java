package io.replymeter.local.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replymeter.local.stack.CannotContinue;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeShiftTest {

    @ParameterizedTest
    @CsvSource({
        "PT36H, PT36H",
        "P2D, PT48H",
        "-PT15M, PT-15M",
        "90, PT1M30S",
        "-90.5, PT-1M-30.5S",
        "294710400.123456, PT81864H0.123456S"
    })
    void durationsAndSecondsAreUnderstood(String text, Duration expected) {
        assertThat(TimeShift.parse(text).by()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "3 days", "1e9", "P1M", "99999999999999999999"})
    void anythingElseIsRefusedWithExamples(String text) {
        assertThatThrownBy(() -> TimeShift.parse(text))
                .isInstanceOf(CannotContinue.class)
                .hasMessageContaining("PT36H")
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void whatIsPrintedIsTakenAgain() {
        TimeShift shift = TimeShift.between(
                Instant.parse("2017-08-08T22:45:06Z"), Instant.parse("2026-11-22T10:00:00.123456789Z"));

        assertThat(TimeShift.parse(shift.toString())).isEqualTo(shift);
        assertThat(shift.applyTo("m,c,k,p,CLIENT,2017-08-08T22:45:06Z", LogHeader.SHORTEST))
                .isEqualTo("m,c,k,p,CLIENT,2026-11-22T10:00:00.123456Z");
    }

    @Test
    void aQuotedTimeIsMovedToo() {
        assertThat(TimeShift.parse("60").applyTo("m,c,k,p,CLIENT,\"2017-08-08T22:45:06Z\"", LogHeader.SHORTEST))
                .isEqualTo("m,c,k,p,CLIENT,2017-08-08T22:46:06Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m,c,k,p,CLIENT,yesterday",
                "m,c,k,p,CLIENT,",
                "rubbish",
                "m,c,k,p,CLIENT,+1000000000-12-31T23:59:59Z"
            })
    void aRowWithoutAUsableTimeIsLeftForTheServiceToJudge(String row) {
        assertThat(TimeShift.parse("P1D").applyTo(row, LogHeader.SHORTEST)).isEqualTo(row);
    }
}
