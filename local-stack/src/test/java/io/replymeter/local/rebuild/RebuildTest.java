package io.replymeter.local.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class RebuildTest {

    private static final String EQUAL = verification(0, 0);

    @ParameterizedTest
    @CsvSource({
        "REPLAYING, 6",
        "CATCHING_UP, 6",
        "VERIFYING, 6",
        "PAUSED, 5",
        "FAILED, 4",
        "CANCELLED, 4",
        "ACTIVE, 0",
        "RETIRED, 0",
        "DROPPED, 0"
    })
    void aScriptLearnsTheStateFromTheExitCode(String state, int code) {
        assertThat(rebuild(state, EQUAL).exitCode().number()).isEqualTo(code);
    }

    @Test
    void readyIsOnlyDoneWithoutADifference() {
        assertThat(rebuild("READY", EQUAL).exitCode().number()).isZero();
        assertThat(rebuild("READY", verification(0, 1)).exitCode().number()).isEqualTo(3);
        assertThat(rebuild("READY", verification(1, 0)).exitCode().number()).isEqualTo(3);
        assertThat(rebuild("READY", "null").exitCode().number()).isEqualTo(3);
    }

    @Test
    void aReplaySaysHowFarItIs() {
        assertThat(rebuild("REPLAYING", "null").summary())
                .isEqualTo("Generation 2: REPLAYING, 61.7 % of 2,000,000 events, 81,235 events/s, 9 s left");
    }

    @Test
    void aVerificationSaysWhatDiffers() {
        assertThat(rebuild("READY", verification(3, 7)).description())
                .contains("  providers: 10,000 compared, 3 differ")
                .contains("  rows: 7 differ, 0 of them in threads that began before the topic")
                .contains("  possible actions: switch, cancel");
    }

    private static Rebuild rebuild(String state, String verification) {
        return new Rebuild(new JsonMapper().readTree("""
                {"generation":2,"state":"%s","reason":null,"actions":["SWITCH","CANCEL"],
                 "rules":{"answerWithin":"PT24H","horizon":"PT168H","reinquirySilence":"PT24H","windowDays":30,
                          "minimumSampleSize":3},
                 "progress":{"done":1234567,"total":2000000,"percent":61.73,"eventsPerSecond":81234.6,"secondsLeft":9},
                 "verification":%s}
                """.formatted(state, verification)));
    }

    private static String verification(int providers, int rows) {
        return """
                {"verifiedAt":"2026-11-22T10:00:00Z","validUntil":"2026-11-22T11:00:00Z","obstacle":null,
                 "providers":{"compared":10000,"different":%d},"differences":%d,"beganBeforeTopic":0,
                 "largest":{"sampleSize":2}}
                """.formatted(providers, rows);
    }
}
