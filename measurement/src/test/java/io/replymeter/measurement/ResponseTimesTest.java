package io.replymeter.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ResponseTimesTest {

    private static final double ERROR = 0.016;
    private static final long WEEK = TimeUnit.DAYS.toMicros(7);

    private final Random random = new Random(1);

    @Test
    void everyBucketsMiddleLiesWithin1Point6PercentOfItsTimes() {
        for (long time = 1; time <= WEEK; time += 1 + time / 1000) {
            assertThat(ResponseTimes.middle(ResponseTimes.bucket(time))).isCloseTo((double) time, within(ERROR * time));
        }
    }

    @Test
    void theFirst32MicrosecondsAreExact() {
        for (int time = 0; time < 32; time++) {
            assertThat(ResponseTimes.middle(ResponseTimes.bucket(time))).isEqualTo(time);
        }
    }

    @Test
    void longerTimesLieInLaterBucketsWithoutGaps() {
        int before = ResponseTimes.bucket(0);
        for (long time = 1; time < 100_000; time++) {
            int bucket = ResponseTimes.bucket(time);
            assertThat(bucket).isBetween(before, before + 1);
            before = bucket;
        }
        assertThat(ResponseTimes.bucket(Long.MAX_VALUE)).isGreaterThan(ResponseTimes.bucket(Long.MAX_VALUE / 2));
    }

    @Test
    void noTimeIsNegative() {
        assertThatIllegalArgumentException().isThrownBy(() -> ResponseTimes.bucket(-1));
    }

    @Test
    void percentilesAreWithin1Point6PercentOfTheExactOnes() {
        for (int size = 1; size <= 200; size++) {
            long[] times = randomTimes(size);
            ResponseTimes counted = of(times);
            for (double fraction : new double[] {0, 0.25, 0.5, 0.9, 1}) {
                double exact = exactPercentile(times, fraction);
                assertThat(counted.percentile(fraction).orElseThrow()).isCloseTo(exact, within(ERROR * exact));
            }
        }
    }

    @Test
    void withoutTimesThereIsNoPercentile() {
        assertThat(new ResponseTimes().percentile(0.5)).isEmpty();
    }

    @Test
    void whatIsSubtractedWasNeverAdded() {
        ResponseTimes all = of(randomTimes(50));
        byte[] before = all.encode();
        long[] others = randomTimes(50);

        Arrays.stream(others).forEach(time -> all.add(time, 1));
        assertThat(all.encode()).isNotEqualTo(before);
        Arrays.stream(others).forEach(time -> all.add(time, -1));

        assertThat(all.encode()).isEqualTo(before);
    }

    @Test
    void subtractedToNothingTheyAreEmpty() {
        ResponseTimes times = new ResponseTimes();
        times.add(WEEK, 2);
        times.add(WEEK, -2);

        assertThat(times.isEmpty()).isTrue();
        assertThat(times.encode()).isEmpty();
    }

    @Test
    void aDifferenceMayBeAddedBeforeWhatItIsTakenFrom() {
        ResponseTimes difference = new ResponseTimes();
        difference.add(WEEK, -1);
        difference.add(1, 1);
        difference.addAll(of(WEEK, WEEK));

        assertThat(difference.encode()).isEqualTo(of(1, WEEK).encode());
    }

    @Test
    void theOrderOfAddingMeansNothing() {
        List<Long> times = new ArrayList<>();
        Arrays.stream(randomTimes(500)).forEach(times::add);
        ResponseTimes inOrder = of(times.stream().mapToLong(Long::longValue).toArray());
        Collections.shuffle(times, random);
        ResponseTimes merged =
                of(times.subList(0, 200).stream().mapToLong(Long::longValue).toArray());
        merged.addAll(
                of(times.subList(200, 500).stream().mapToLong(Long::longValue).toArray()));

        assertThat(merged.encode()).isEqualTo(inOrder.encode());
    }

    @Test
    void mergingLeavesTheOtherAsItWas() {
        ResponseTimes other = of(1, 2, 3);
        new ResponseTimes().addAll(other);
        of(3).addAll(other);

        assertThat(other.encode()).isEqualTo(of(1, 2, 3).encode());
    }

    @Test
    void encodedAndDecodedTheyAreTheSame() {
        for (int size = 0; size < 300; size += 7) {
            byte[] encoded = of(randomTimes(size)).encode();

            assertThat(ResponseTimes.decode(encoded).encode()).isEqualTo(encoded);
        }
    }

    @Test
    void greatCountsAndTimesSurviveEncoding() {
        ResponseTimes times = new ResponseTimes();
        times.add(0, 1_000_000_000_000L);
        times.add(Long.MAX_VALUE, 127);
        times.add(WEEK, 128);

        assertThat(ResponseTimes.decode(times.encode()).percentile(0.5)).hasValue(0);
        assertThat(ResponseTimes.decode(times.encode()).encode()).isEqualTo(times.encode());
    }

    private static ResponseTimes of(long... times) {
        ResponseTimes counted = new ResponseTimes();
        Arrays.stream(times).forEach(time -> counted.add(time, 1));
        return counted;
    }

    /** From microseconds to a week, each order of magnitude as likely. */
    private long[] randomTimes(int size) {
        return random.doubles(size, 0, Math.log(WEEK))
                .mapToLong(power -> (long) Math.exp(power))
                .toArray();
    }

    private static double exactPercentile(long[] times, double fraction) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        double rank = fraction * (sorted.length - 1);
        int below = (int) Math.floor(rank);
        int above = (int) Math.ceil(rank);
        return sorted[below] + (sorted[above] - sorted[below]) * (rank - below);
    }
}
