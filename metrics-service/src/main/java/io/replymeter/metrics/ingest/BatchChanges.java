package io.replymeter.metrics.ingest;

import io.replymeter.measurement.Conversation;
import io.replymeter.measurement.DailyCounts;
import io.replymeter.measurement.Inquiry;
import io.replymeter.metrics.tables.DailyMetrics;
import java.util.List;
import java.util.Map;

/**
 * What a batch of records changes in a generation's tables.
 *
 * @param created conversations without a row yet
 * @param changed conversations to be written back
 * @param opened inquiries that are new
 * @param answered inquiries that exist and whose response or excuse is another than before
 * @param removed inquiries that exist and must go
 * @param daily what to add to the counts of each provider and day
 * @param refused records for the quarantine
 * @param ignored how many records did not count, by partition and reason
 */
record BatchChanges(
        List<Conversation> created,
        List<Conversation> changed,
        List<Inquiry> opened,
        List<Inquiry> answered,
        List<Inquiry> removed,
        Map<DailyMetrics.Key, DailyCounts> daily,
        List<Quarantine.Entry> refused,
        Map<IgnoredRecords.Key, Long> ignored) {

    /** Counts a refused record for which the quarantine has no room. */
    void countOnly(Quarantine.Entry entry) {
        ignored.merge(new IgnoredRecords.Key(entry.record().partition(), IgnoredReason.QUARANTINE_FULL), 1L, Long::sum);
    }
}
