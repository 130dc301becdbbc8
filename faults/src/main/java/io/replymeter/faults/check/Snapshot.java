package io.replymeter.faults.check;

import io.replymeter.metrics.oracle.Inquiry;
import io.replymeter.metrics.oracle.Measurement.Day;
import io.replymeter.metrics.oracle.Measurement.Metrics;
import io.replymeter.metrics.oracle.Measurement.ProviderInquiry;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What there is while nothing is under way.
 *
 * @param removed the records that the topic had before they were removed on purpose, those of a partition in order
 * @param topic its records, those of a partition in order
 * @param ends by partition, the offset that the next record will have
 * @param outbox how many events wait
 * @param quarantine the places of the topic's records that are there
 * @param generations the fed ones, by number
 */
public record Snapshot(
        List<TopicRecord> removed,
        List<TopicRecord> topic,
        Map<Integer, Long> ends,
        List<MessageRow> messages,
        Set<UUID> deletedConversations,
        long outbox,
        Set<Place> quarantine,
        Map<Integer, Tables> generations,
        List<Shown> shown) {

    /** How many records were appended. */
    public int records() {
        return removed.size() + topic.size();
    }

    public record Place(int partition, long offset) {}

    /** @param value each byte as a character */
    public record TopicRecord(Place place, Instant appendedAt, String value) {}

    /** A message as messaging-service has stored it. */
    public record MessageRow(
            UUID id, UUID conversationId, UUID senderId, long sequence, Instant sentAt, boolean isDeleted) {}

    /** A row of daily_metrics. */
    public record DayRow(
            UUID providerId,
            LocalDate day,
            long inquiries,
            long answered,
            long answeredLate,
            long excusedByPlatform,
            long excusedByProvider,
            long responseMicros) {}

    /** A message that counts. */
    public record FactRow(UUID conversationId, UUID messageId, Instant sentAt) {}

    /** @param nextOffsets how far each partition was read */
    public record Tables(
            Map<Integer, Long> nextOffsets, List<Inquiry> inquiries, List<DayRow> days, List<FactRow> facts) {}

    /** What an instance of metrics-service shows of a provider. */
    public record Shown(String instance, Metrics metrics, List<Day> days, List<ProviderInquiry> inquiries) {}
}
