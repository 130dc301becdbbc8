package io.replymeter.metrics.oracle;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Response times, the shortest first, and their statistics in seconds: null where there are none. */
record ResponseTimes(List<Duration> sorted) {

    static final ResponseTimes NONE = new ResponseTimes(List.of());

    static ResponseTimes of(Collection<Inquiry> inquiries) {
        return new ResponseTimes(inquiries.stream()
                .map(Inquiry::responseTime)
                .filter(Objects::nonNull)
                .sorted()
                .toList());
    }

    /** To 34 digits. */
    @Nullable BigDecimal average() {
        return sorted.stream()
                .map(ResponseTimes::seconds)
                .reduce(BigDecimal::add)
                .map(sum -> sum.divide(BigDecimal.valueOf(sorted.size()), MathContext.DECIMAL128))
                .orElse(null);
    }

    /** Of times 0 … n-1 the one at place {@code fraction}·(n-1), between two of them in proportion. Exact. */
    @Nullable BigDecimal percentile(String fraction) {
        if (sorted.isEmpty()) {
            return null;
        }
        BigDecimal place = new BigDecimal(fraction).multiply(BigDecimal.valueOf(sorted.size() - 1L));
        BigDecimal below =
                seconds(sorted.get(place.setScale(0, RoundingMode.FLOOR).intValueExact()));
        BigDecimal above =
                seconds(sorted.get(place.setScale(0, RoundingMode.CEILING).intValueExact()));
        return below.add(above.subtract(below).multiply(place.remainder(BigDecimal.ONE)));
    }

    private static BigDecimal seconds(Duration time) {
        return BigDecimal.valueOf(time.getSeconds()).add(BigDecimal.valueOf(time.getNano(), 9));
    }
}
