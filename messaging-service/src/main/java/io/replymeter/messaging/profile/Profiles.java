package io.replymeter.messaging.profile;

import static io.replymeter.jdbc.TimeColumns.instantOrNull;

import io.replymeter.messaging.user.UserRole;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What users say about themselves, and the last known metrics of providers. Thread-safe. */
@Repository
class Profiles {

    private static final String COLUMNS = """
            id, role, display_name, bio, show_response_metrics, average_response_time_minutes,
            median_response_time_minutes, metrics_answered, metrics_sample_size, metrics_excused, metrics_minimum_sample_size,
            metrics_window_days, metrics_answer_within_seconds, metrics_last_updated, metrics_as_of
            """;
    private static final String FIND = "SELECT " + COLUMNS + " FROM users WHERE id = :id AND deactivated_at IS NULL";
    private static final String UPDATE = """
            UPDATE users
            SET bio = CASE WHEN :bio::text IS NULL THEN bio ELSE nullif(:bio, '') END,
                show_response_metrics = coalesce(:showResponseMetrics, show_response_metrics)
            WHERE id = :id AND deactivated_at IS NULL
            RETURNING
            """ + COLUMNS;

    /**
     * By the share of inquiries that the provider does not answer in time, and then by the typical response time, as one
     * number, for which there is an index. Who has too little data, or hides it, comes last: one cannot be told from the other.
     */
    private static final String SLOWNESS = """
            CASE WHEN show_response_metrics AND response_rate_percentage IS NOT NULL
                THEN (10000 - (response_rate_percentage * 100)::integer) * 100000
                    + least(coalesce(median_response_time_minutes, 99999), 99999)
                ELSE 2147483647 END
            """;

    static final String PAGE = """
            SELECT %s, %s AS slowness FROM users
            WHERE role = 'PROVIDER' AND deactivated_at IS NULL AND (%2$s, id) > (:slowness, :id)
            ORDER BY %2$s, id LIMIT :limit
            """.formatted(COLUMNS, SLOWNESS);

    /** A provider and its place in the list of those who answer best. */
    record Ranked(Profile profile, int slowness) {}

    /**
     * @param showResponseMetrics whether others see the metrics
     * @param lastKnown a provider's metrics as they were last read; null before that, and for everybody else
     */
    record Profile(
            UUID id,
            UserRole role,
            String displayName,
            @Nullable String bio,
            boolean showResponseMetrics,
            @Nullable MetricsSummary lastKnown) {}

    private final JdbcClient jdbc;

    Profiles(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Profile> find(UUID id) {
        return jdbc.sql(FIND).param("id", id).query(Profiles::profile).optional();
    }

    /** At most {@code limit} providers that come after such a place, those who answer best first. */
    List<Ranked> providers(int slowness, UUID id, int limit) {
        return jdbc.sql(PAGE)
                .param("slowness", slowness)
                .param("id", id)
                .param("limit", limit)
                .query((row, number) -> new Ranked(profile(row, number), row.getInt("slowness")))
                .list();
    }

    /**
     * Changes what is not null, and returns the profile as it is now, if there is one.
     *
     * @param bio empty to remove it
     * @param showResponseMetrics null unless the user is a provider
     */
    Optional<Profile> update(UUID id, @Nullable String bio, @Nullable Boolean showResponseMetrics) {
        return jdbc.sql(UPDATE)
                .param("id", id)
                .param("bio", bio)
                .param("showResponseMetrics", showResponseMetrics)
                .query(Profiles::profile)
                .optional();
    }

    private static Profile profile(ResultSet row, int number) throws SQLException {
        return new Profile(
                row.getObject("id", UUID.class),
                UserRole.valueOf(row.getString("role")),
                row.getString("display_name"),
                row.getString("bio"),
                row.getBoolean("show_response_metrics"),
                lastKnown(row));
    }

    private static @Nullable MetricsSummary lastKnown(ResultSet row) throws SQLException {
        Instant asOf = instantOrNull(row, "metrics_as_of");
        if (asOf == null) {
            return null;
        }
        Duration average = minutes(row, "average_response_time_minutes");
        Duration median = minutes(row, "median_response_time_minutes");
        if (average != null && median == null) {
            return null; // an answer from before medians were kept, and no words for one
        }
        return new MetricsSummary(
                average,
                median,
                row.getInt("metrics_answered"),
                row.getInt("metrics_sample_size"),
                row.getInt("metrics_excused"),
                row.getInt("metrics_minimum_sample_size"),
                row.getInt("metrics_window_days"),
                Duration.ofSeconds(row.getLong("metrics_answer_within_seconds")),
                instantOrNull(row, "metrics_last_updated"),
                asOf);
    }

    private static @Nullable Duration minutes(ResultSet row, String column) throws SQLException {
        Integer minutes = row.getObject(column, Integer.class);
        return minutes == null ? null : Duration.ofMinutes(minutes);
    }
}
