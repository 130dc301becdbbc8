package io.replymeter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class RequestLimitsTest {

    private static final int KILOBYTE = 1024;

    private final RequestLimits limits = new RequestLimits(
            DataSize.ofKilobytes(1), Map.of("/logs", DataSize.ofMegabytes(1)), Duration.ofSeconds(10));

    @Test
    void aTrickleIsTooSlowAndALargerBodyHasMoreTime() {
        assertThat(limits.isTooSlow(1, seconds(9))).isFalse();
        assertThat(limits.isTooSlow(1, seconds(10))).isTrue();
        assertThat(limits.isTooSlow(KILOBYTE, seconds(19))).isFalse();
        assertThat(limits.isTooSlow(KILOBYTE, seconds(20))).isTrue();
        assertThat(limits.isTooSlow(100 * KILOBYTE, seconds(1_000))).isFalse();
    }

    @Test
    void onlyTheNamedPathMayHaveMore() {
        assertThat(limits.maxBytes("/logs")).isEqualTo(KILOBYTE * KILOBYTE);
        assertThat(limits.maxBytes("/logs/")).isEqualTo(KILOBYTE);
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
