package io.replymeter.metrics.pace;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.metrics.pace.Pace.Seen;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Seen NOBODY = new Seen(0, 0, false);
    private static final Seen QUICK_READS = new Seen(200, 2, false);
    private static final Seen SLOW_READS = new Seen(200, 3, false);
    private static final Seen LIVE_IS_BEHIND = new Seen(0, 0, true);

    @Test
    void itYieldsAsSoonAsMoreThanOneReadInAHundredIsSlow() {
        assertThat(Pace.FULL.after(QUICK_READS)).isEqualTo(Pace.FULL);
        assertThat(Pace.FULL.after(SLOW_READS).yields()).isTrue();
        assertThat(Pace.FULL.after(new Seen(1, 1, false)).yields()).isTrue();
    }

    @Test
    void itYieldsToALiveGenerationThatIsBehindAlsoWhenNobodyReads() {
        assertThat(Pace.FULL.after(LIVE_IS_BEHIND).yields()).isTrue();
    }

    @Test
    void itAlwaysGoesOn() {
        Pace slowest = afterMany(SLOW_READS);

        assertThat(slowest).isEqualTo(Pace.LEAST);
        assertThat(slowest.pauseAfter(1_000)).isEqualTo(3_000);
    }

    @Test
    void itGoesBackToAllOfItsTimeSlowlyWhileReadsAreQuickAndAtOnceWhenNobodyReads() {
        Pace slowest = afterMany(SLOW_READS);

        assertThat(slowest.after(QUICK_READS).share()).isBetween(0.26, 0.3);
        assertThat(Stream.iterate(slowest, pace -> pace.after(QUICK_READS)).limit(100))
                .endsWith(Pace.FULL);
        assertThat(slowest.after(NOBODY)).isEqualTo(Pace.FULL);
    }

    @Test
    void whoeverDoesNotYieldNeverPauses() {
        assertThat(Pace.FULL.pauseAfter(1_000_000)).isZero();
    }

    private static Pace afterMany(Seen seen) {
        return Stream.iterate(Pace.FULL, pace -> pace.after(seen))
                .skip(20)
                .findFirst()
                .orElseThrow();
    }
}
