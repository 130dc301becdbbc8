package io.replymeter.metrics.comparison;

import io.replymeter.measurement.DailyCounts;
import io.replymeter.measurement.ResponseTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A row of the daily metrics, as it is stored: decoded only where it differs. Without inquiries if there is no row. */
// Compared by isSameAs, never by equals.
@SuppressWarnings("ArrayRecordComponent")
record DailyRow(long inquiries, long answered, long answeredLate, long responseMicros, byte[] responseTimes) {

    private static final DailyRow MISSING = new DailyRow(0, 0, 0, 0, new byte[0]);

    /** @param prefix of the columns' names */
    static DailyRow read(ResultSet row, String prefix) throws SQLException {
        byte @Nullable [] responseTimes = row.getBytes(prefix + "response_times");
        return responseTimes == null
                ? MISSING
                : new DailyRow(
                        row.getLong(prefix + "inquiries"),
                        row.getLong(prefix + "answered"),
                        row.getLong(prefix + "answered_late"),
                        row.getLong(prefix + "response_micros"),
                        responseTimes);
    }

    boolean isSameAs(DailyRow other) {
        return inquiries == other.inquiries
                && answered == other.answered
                && answeredLate == other.answeredLate
                && responseMicros == other.responseMicros
                && Arrays.equals(responseTimes, other.responseTimes);
    }

    void addTo(DailyCounts sum) {
        sum.addAll(new DailyCounts(
                inquiries, answered, answeredLate, responseMicros, ResponseTimes.decode(responseTimes)));
    }

    String text() {
        return inquiries == 0
                ? "missing"
                : inquiries + " inquiries, " + answered + " answered, " + answeredLate + " answered late, "
                        + responseMicros + " µs, response times "
                        + Integer.toHexString(Arrays.hashCode(responseTimes));
    }
}
