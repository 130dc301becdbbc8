package io.replymeter.metrics.generation;

import io.replymeter.measurement.Conversation;
import io.replymeter.measurement.ConversationCodec;
import io.replymeter.measurement.DailyCounts;
import io.replymeter.measurement.Inquiry;
import io.replymeter.measurement.Micros;
import io.replymeter.measurement.ResponseTimes;
import io.replymeter.measurement.Ruleset;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Reads the rows of the derived tables, by their columns' names. */
public final class DerivedRows {

    private DerivedRows() {}

    /** A row with all columns of {@code generation}. */
    public static Generation generation(ResultSet row) throws SQLException {
        return new Generation(
                row.getInt("generation"),
                new Ruleset(
                        Duration.of(row.getLong("answer_within_micros"), ChronoUnit.MICROS),
                        Duration.of(row.getLong("horizon_micros"), ChronoUnit.MICROS),
                        Duration.of(row.getLong("reinquiry_silence_micros"), ChronoUnit.MICROS),
                        row.getInt("window_days"),
                        row.getInt("minimum_sample_size")),
                row.getObject("first_day", LocalDate.class));
    }

    /** A row with all columns of {@code conversation} but {@code oldest_at}. */
    public static Conversation conversation(ResultSet row) throws SQLException {
        return ConversationCodec.decode(
                row.getObject("conversation_id", UUID.class),
                row.getBoolean("deleted"),
                new ConversationCodec.Encoded(
                        row.getBytes("threads"), row.getBytes("facts"), row.getBytes("deletions")));
    }

    /** A row with all columns of {@code inquiry}. */
    public static Inquiry inquiry(ResultSet row) throws SQLException {
        long openedAt =
                Micros.of(row.getObject("opened_at", OffsetDateTime.class).toInstant());
        OffsetDateTime respondedAt = row.getObject("responded_at", OffsetDateTime.class);
        return new Inquiry(
                row.getObject("conversation_id", UUID.class),
                row.getObject("client_id", UUID.class),
                row.getObject("provider_id", UUID.class),
                row.getObject("initial_message_id", UUID.class),
                openedAt,
                row.getObject("response_message_id", UUID.class),
                respondedAt == null ? openedAt : Micros.of(respondedAt.toInstant()));
    }

    /** A row with the sums of {@code daily_metrics}. */
    public static DailyCounts counts(ResultSet row) throws SQLException {
        return new DailyCounts(
                row.getLong("inquiries"),
                row.getLong("answered"),
                row.getLong("answered_late"),
                row.getLong("response_micros"),
                ResponseTimes.decode(row.getBytes("response_times")));
    }
}
