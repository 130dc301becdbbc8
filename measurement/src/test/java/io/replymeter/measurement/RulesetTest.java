package io.replymeter.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RulesetTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration YEAR = Duration.ofDays(366);

    @Test
    void theDefaultsAreThoseOfTheRequirements() {
        assertThat(Ruleset.DEFAULT)
                .isEqualTo(new Ruleset(DAY, DAY.multipliedBy(7), DAY, DAY.multipliedBy(14), 10, 30, 3));
        assertThat(Ruleset.DEFAULT.maximumAge()).isEqualTo(DAY.multipliedBy(31));
        assertThat(Ruleset.CLOCK_TOLERANCE).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void itsLimitsAreAllowed() {
        assertThat(new Ruleset(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, 1, 1).maximumAge())
                .isEqualTo(DAY.multipliedBy(2));
        assertThat(new Ruleset(YEAR, YEAR, YEAR, YEAR, 100, 366, Integer.MAX_VALUE).horizon())
                .isEqualTo(YEAR);
    }

    @Test
    void whatLiesOutsideOfThemIsNamed() {
        refused("answerWithin", Duration.ofNanos(-1000), DAY, DAY, 30, 3);
        refused("answerWithin", YEAR.plusNanos(1000), YEAR, DAY, 30, 3);
        refused("horizon", DAY, YEAR.plusNanos(1000), DAY, 30, 3);
        refused("horizon is shorter than answerWithin", DAY, DAY.minusNanos(1000), DAY, 30, 3);
        refused("reinquirySilence", DAY, DAY, Duration.ofNanos(-1), 30, 3);
        refused("reinquirySilence", DAY, DAY, YEAR.plusNanos(1), 30, 3);
        refused("longestDeferral", () -> new Ruleset(DAY, DAY, DAY, YEAR.plusNanos(1), 10, 30, 3));
        refused("excuseAllowancePercent", () -> new Ruleset(DAY, DAY, DAY, DAY, -1, 30, 3));
        refused("excuseAllowancePercent", () -> new Ruleset(DAY, DAY, DAY, DAY, 101, 30, 3));
        refused("windowDays", DAY, DAY, DAY, 0, 3);
        refused("windowDays", DAY, DAY, DAY, 367, 3);
        refused("minimumSampleSize", DAY, DAY, DAY, 30, 0);
    }

    @Test
    void aProviderMayExcuseTwoInquiriesOrATenth() {
        assertThat(Ruleset.DEFAULT.excuseAllowance(0)).isEqualTo(2);
        assertThat(Ruleset.DEFAULT.excuseAllowance(29)).isEqualTo(2);
        assertThat(Ruleset.DEFAULT.excuseAllowance(30)).isEqualTo(3);
        assertThat(Ruleset.DEFAULT.excuseAllowance(39)).isEqualTo(3);
        assertThat(new Ruleset(DAY, DAY, DAY, DAY, 0, 30, 3).excuseAllowance(100))
                .isZero();
    }

    @Test
    void durationsAreInWholeMicroseconds() {
        assertThat(new Ruleset(
                        DAY.plusNanos(999), DAY.plusNanos(999), DAY.plusNanos(1999), DAY.plusNanos(1), 10, 30, 3))
                .isEqualTo(new Ruleset(DAY, DAY, DAY.plusNanos(1000), DAY, 10, 30, 3));
    }

    @Test
    void theWindowIsTheCurrentUtcDayAndTheDaysBeforeIt() {
        Instant lastMoment = Instant.parse("2026-03-31T23:59:59.999999Z");

        assertThat(Ruleset.DEFAULT.lastDay(lastMoment)).isEqualTo(LocalDate.parse("2026-03-31"));
        assertThat(Ruleset.DEFAULT.firstDay(lastMoment)).isEqualTo(LocalDate.parse("2026-03-02"));
        assertThat(Ruleset.DEFAULT.firstDay(lastMoment.plusNanos(1000))).isEqualTo(LocalDate.parse("2026-03-03"));
    }

    private static void refused(
            String named,
            Duration answerWithin,
            Duration horizon,
            Duration silence,
            int windowDays,
            int minimumSampleSize) {
        refused(named, () -> new Ruleset(answerWithin, horizon, silence, DAY, 10, windowDays, minimumSampleSize));
    }

    private static void refused(String named, ThrowingCallable creation) {
        assertThatIllegalArgumentException().isThrownBy(creation).withMessageContaining(named);
    }
}
