package io.replymeter.metrics.provider;

import io.replymeter.measurement.Inquiry;
import io.replymeter.measurement.Micros;
import io.replymeter.measurement.Outcome;
import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.generation.DerivedRows;
import io.replymeter.metrics.generation.Generation;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the inquiries that make a provider's number: those of the window, newest first. Thread-safe. */
@Repository
class ProviderInquiriesQuery {

    /** The bounds of age and of response time that belong to an outcome are given as instants and microseconds. */
    private static final String PAGE = """
            SELECT live.*, i.provider_id, i.opened_at, i.conversation_id, i.initial_message_id, i.client_id,
                   i.response_message_id, i.responded_at
            FROM (SELECT g.* FROM active_generation JOIN generation g USING (generation)) AS live
            JOIN inquiry i ON i.generation = live.generation
            CROSS JOIN LATERAL (
                SELECT live.answer_within_micros * interval '1 microsecond' AS answer_within,
                       live.horizon_micros * interval '1 microsecond' AS horizon) AS rule
            WHERE i.provider_id = :provider
              AND i.opened_at >= (:today::date - live.window_days + 1)::timestamp AT TIME ZONE 'UTC'
              AND i.opened_at < (:today::date + 1)::timestamp AT TIME ZONE 'UTC'
              AND (i.opened_at, i.conversation_id, i.initial_message_id) < (:openedAt, :conversation, :message)
              AND CASE :outcome
                      WHEN 'ANSWERED' THEN i.responded_at <= i.opened_at + rule.answer_within
                      WHEN 'ANSWERED_LATE' THEN i.responded_at > i.opened_at + rule.answer_within
                      WHEN 'PENDING' THEN i.responded_at IS NULL AND i.opened_at >= :now - rule.answer_within
                      WHEN 'OVERDUE' THEN i.responded_at IS NULL AND i.opened_at < :now - rule.answer_within
                                          AND i.opened_at >= :now - rule.horizon
                      WHEN 'NO_RESPONSE' THEN i.responded_at IS NULL AND i.opened_at < :now - rule.horizon
                      ELSE true
                  END
            ORDER BY i.opened_at DESC, i.conversation_id DESC, i.initial_message_id DESC
            LIMIT :limit
            """;

    /** Times are UTC; the response's fields are null while there is none. */
    record ProviderInquiry(
            UUID conversationId,
            UUID clientId,
            UUID initialMessageId,
            Instant openedAt,
            @Nullable UUID responseMessageId,
            @Nullable Instant respondedAt,
            @Nullable Double responseTimeSeconds,
            Outcome outcome) {

        static ProviderInquiry of(Inquiry inquiry, Ruleset ruleset, Instant now) {
            boolean answered = inquiry.isAnswered();
            return new ProviderInquiry(
                    inquiry.conversationId(),
                    inquiry.clientId(),
                    inquiry.initialMessageId(),
                    Micros.instant(inquiry.openedAt()),
                    inquiry.responseMessageId(),
                    answered ? Micros.instant(inquiry.respondedAt()) : null,
                    answered ? Micros.seconds(inquiry.responseTime()) : null,
                    Outcome.of(inquiry, ruleset, now));
        }
    }

    private final JdbcClient jdbc;
    private final Clock clock;

    ProviderInquiriesQuery(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** At most {@code limit} inquiries that lie after {@code after}, of one outcome or of every one. */
    List<ProviderInquiry> page(UUID providerId, @Nullable Outcome outcome, InquiryCursor after, int limit) {
        Instant now = clock.instant();
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        return jdbc.sql(PAGE)
                .param("provider", providerId)
                .param("today", at.toLocalDate())
                .param("now", at)
                .param("openedAt", after.openedAt().atOffset(ZoneOffset.UTC))
                .param("conversation", after.conversationId())
                .param("message", after.initialMessageId())
                .param("outcome", outcome == null ? "" : outcome.name())
                .param("limit", limit)
                .query((row, number) -> {
                    Generation generation = DerivedRows.generation(row);
                    return ProviderInquiry.of(DerivedRows.inquiry(row), generation.ruleset(), now);
                })
                .list();
    }
}
