package io.replymeter.messaging.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationInWordsTest {

    private static final Words ENGLISH = new Languages().english();

    private static final int TEN_DAYS = 10 * 24 * 60 * 60;
    private static final Pattern WORDS =
            Pattern.compile("(?:(\\d+) days?)?(?: ?(\\d+) hours?)?(?: ?(\\d+) minutes?)?|less than a minute");

    @ParameterizedTest
    @CsvSource({
        "PT0S,           less than a minute",
        "PT29S,          less than a minute",
        "PT29.999999S,   less than a minute",
        "PT30S,          1 minute",
        "PT1M29S,        1 minute",
        "PT1M30S,        2 minutes",
        "PT30M,          30 minutes",
        "PT59M29S,       59 minutes",
        "PT59M29.999S,   59 minutes",
        "PT59M30S,       1 hour",
        "PT1H29S,        1 hour",
        "PT1H30S,        1 hour 1 minute",
        "PT1H59M30S,     2 hours",
        "PT2H,           2 hours",
        "PT2H30M,        2 hours 30 minutes",
        "PT23H59M29S,    23 hours 59 minutes",
        "PT23H59M30S,    1 day",
        "PT24H,          1 day",
        "PT24H29M29S,    1 day",
        "PT24H29M30S,    1 day 1 hour",
        "PT24H30M,       1 day 1 hour",
        "PT28H29M29S,    1 day 4 hours",
        "PT28H29M30S,    1 day 5 hours",
        "PT28H40M,       1 day 5 hours",
        "PT47H29M29S,    1 day 23 hours",
        "PT47H29M30S,    2 days",
        "PT72H,          3 days",
        "PT168H,         7 days",
    })
    void saysWhatAPersonWouldSay(Duration duration, String words) {
        assertThat(ENGLISH.duration(duration)).isEqualTo(words);
    }

    @Test
    void everySecondOfTenDaysIsClosestToItsWordsAndNeverGoesBack() {
        String words = "less than a minute";
        long said = 0;
        for (int second = 0; second <= TEN_DAYS; second++) {
            String next = ENGLISH.duration(Duration.ofSeconds(second));
            if (!next.equals(words)) {
                assertThat(secondsSaid(next)).as(next).isGreaterThan(said);
                said = secondsSaid(next);
                words = next;
            }
            if (Math.abs(said - second) > furthest(second)) {
                fail("%s s is called %s", second, words);
            }
        }
    }

    @Test
    void whatIsKeptInWholeMinutesReadsTheSame() {
        for (int second = 0; second <= TEN_DAYS; second++) {
            Duration exact = Duration.ofSeconds(second);
            Duration kept = Duration.ofMinutes(Words.wholeMinutes(exact));
            if (!ENGLISH.duration(kept).equals(ENGLISH.duration(exact))) {
                fail("%s reads differently when kept as %s", exact, kept);
            }
        }
    }

    @Test
    void aNegativeDurationIsAMistake() {
        assertThatThrownBy(() -> ENGLISH.duration(Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    /** Half of the smallest unit shown, and the half minute that was carried into it. */
    private static long furthest(int second) {
        return second < 24 * 3600 - 30 ? 30 : 1830;
    }

    /** Reads the words back, and so proves their form: at most two neighbouring units, none of them full or zero. */
    private static long secondsSaid(String words) {
        Matcher units = WORDS.matcher(words);
        assertThat(units.matches()).as(words).isTrue();
        long days = unit(units, 1, Long.MAX_VALUE, words);
        long hours = unit(units, 2, 24, words);
        long minutes = unit(units, 3, 60, words);
        assertThat(days > 0 && minutes > 0).as("three units in: " + words).isFalse();
        return (days * 24 + hours) * 3600 + minutes * 60;
    }

    private static long unit(Matcher units, int group, long full, String words) {
        if (units.group(group) == null) {
            return 0;
        }
        long number = Long.parseLong(units.group(group));
        assertThat(number).as(words).isBetween(1L, full - 1);
        assertThat(words.substring(units.end(group)).matches(" [a-z]+[a-rt-z]( .*)?"))
                .as(words)
                .isEqualTo(number == 1);
        return number;
    }
}
