package io.replymeter.metrics.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReplayPaceTest {

    private static final Instant END = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant LONG_AGO = END.minusSeconds(100);

    @Test
    void aLiveGenerationIsBehindWhileItReadsWhatIsSecondsOld() {
        assertThat(ReplayPace.isBehind(LONG_AGO, LONG_AGO.plusSeconds(2), END)).isTrue();
        assertThat(ReplayPace.isBehind(LONG_AGO, END.minusSeconds(1), END)).isFalse();
    }

    @Test
    void oneThatStandsStillOrHasReadNothingHoldsNoReplayBack() {
        assertThat(ReplayPace.isBehind(LONG_AGO, LONG_AGO, END)).isFalse();
        assertThat(ReplayPace.isBehind(null, null, END)).isFalse();
    }
}
