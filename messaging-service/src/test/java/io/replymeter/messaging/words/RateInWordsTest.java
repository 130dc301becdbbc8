package io.replymeter.messaging.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateInWordsTest {

    private static final Words ENGLISH = new Languages().english();

    @ParameterizedTest
    @CsvSource({
        "17,        20, 85%",
        "2,          3, 67%",
        "1,          3, 33%",
        "1,          8, 13%",
        "169,      200, 85%",
        "1689,    2000, 84%",
        "24999,  25000, 99%",
        "199,      200, 99%",
        "1,      25000, 1%",
        "1,        201, 1%",
        "3,        200, 2%",
        "0,          3, 0%",
        "0,      25000, 0%",
        "3,          3, 100%",
        "25000,  25000, 100%",
        "2147483647, 2147483647, 100%",
        "2147483646, 2147483647, 99%",
    })
    void roundsHalfUpAndKeepsTheEndsForExactValues(int answered, int sampleSize, String words) {
        assertThat(ENGLISH.rate(answered, sampleSize)).isEqualTo(words);
    }

    @Test
    void everyRateOfUpToThreeHundredInquiriesIsTheNearestPercentOrTheNextFromTheEnd() {
        for (int sampleSize = 1; sampleSize <= 300; sampleSize++) {
            for (int answered = 0; answered <= sampleSize; answered++) {
                long nearest = Math.round(answered * 100.0 / sampleSize);
                boolean exact = answered == 0 || answered == sampleSize;
                long expected = exact ? nearest : Math.max(1, Math.min(99, nearest));

                assertThat(ENGLISH.rate(answered, sampleSize))
                        .as("%d of %d", answered, sampleSize)
                        .isEqualTo(expected + "%");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-1, 3", "4, 3", "0, -3"})
    void anImpossibleRateIsAMistake(int answered, int sampleSize) {
        assertThatThrownBy(() -> ENGLISH.rate(answered, sampleSize)).isInstanceOf(IllegalArgumentException.class);
    }
}
