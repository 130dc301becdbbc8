package io.replymeter.metrics.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.measurement.DailyCounts;
import io.replymeter.measurement.Micros;
import io.replymeter.measurement.ResponseTimes;
import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.provider.Distribution.Range;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DistributionTest {

    @Test
    void theRangesDoubleUpToTheHorizonWithoutGaps() {
        List<Range> ranges = of(0, 0, new ResponseTimes()).ranges();

        assertThat(ranges.get(0).from()).isZero();
        assertThat(ranges.get(0).to()).isEqualTo(Duration.parse("PT1M24.375S"));
        assertThat(ranges).extracting(Range::to).contains(Duration.ofHours(24), Duration.ofHours(48));
        assertThat(ranges.get(ranges.size() - 1).to()).isEqualTo(Duration.ofDays(7));
        for (int i = 1; i < ranges.size(); i++) {
            assertThat(ranges.get(i).from()).isEqualTo(ranges.get(i - 1).to());
        }
    }

    @Test
    void whatIsInTimeIsExactAndEveryResponseIsInOneRange() {
        ResponseTimes times = new ResponseTimes();
        times.add(Micros.of(Duration.ofHours(24)), 2);
        times.add(Micros.of(Duration.ofHours(24).plusMinutes(1)), 1); // in the same bucket of the histogram
        times.add(Micros.of(Duration.ofDays(7)), 1);

        Distribution distribution = of(2, 2, times);

        assertThat(distribution.responses()).isEqualTo(4);
        assertThat(distribution.ranges().stream().mapToLong(Range::responses).sum())
                .isEqualTo(4);
        assertThat(distribution.ranges())
                .filteredOn(range -> range.to().equals(Duration.ofHours(24)))
                .extracting(Range::responses)
                .containsExactly(2L);
        assertThat(distribution.ranges())
                .filteredOn(range -> range.from().equals(Duration.ofHours(24)))
                .extracting(Range::responses)
                .containsExactly(1L);
    }

    private static Distribution of(long answered, long late, ResponseTimes times) {
        DailyCounts counts = new DailyCounts(answered + late, answered, late, 0, 0, 0, times);
        return Distribution.of(UUID.randomUUID(), counts, Ruleset.DEFAULT);
    }
}
