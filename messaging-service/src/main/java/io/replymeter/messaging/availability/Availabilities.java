package io.replymeter.messaging.availability;

import io.replymeter.jdbc.Pipeline;
import io.replymeter.messaging.words.Words;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** All providers' availability; who has none can answer at any time. Thread-safe. */
@Repository
public class Availabilities {

    private static final Logger log = LoggerFactory.getLogger(Availabilities.class);

    private static final String FIND =
            "SELECT time_zone, weekly_hours, absences FROM availability WHERE provider_id = :provider";

    private static final String FIND_ALL = """
            SELECT provider_id, time_zone, weekly_hours, absences FROM availability WHERE provider_id = ANY (:providers)
            """;

    private static final String SAVE = """
            INSERT INTO availability (provider_id, time_zone, weekly_hours, absences)
            VALUES (:provider, :timeZone, :weeklyHours::jsonb, :absences::jsonb)
            ON CONFLICT (provider_id) DO UPDATE
            SET time_zone = excluded.time_zone, weekly_hours = excluded.weekly_hours, absences = excluded.absences
            """;

    private static final String REMOVE = "DELETE FROM availability WHERE provider_id = :provider";

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    Availabilities(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** From when on a provider can fairly answer a message (rule 3). */
    @FunctionalInterface
    public interface Deferral {

        /** Null if that is {@code sentAt}. */
        @Nullable Instant answerableFrom(Instant sentAt);
    }

    /** By the provider's availability as the pipeline finds it: ask once it has run. */
    public Deferral deferral(Pipeline pipeline, UUID providerId) {
        List<Availability> found =
                pipeline.query(FIND, Map.of("provider", providerId), (row, number) -> availability(row));
        return sentAt -> found.stream()
                .map(availability -> availability.answerableFrom(sentAt))
                .filter(sentAt::isBefore)
                .findFirst()
                .orElse(null);
    }

    /** When the provider answers, in these words. */
    public AvailabilityText inWords(UUID providerId, Instant now, Words words) {
        return find(providerId)
                .map(availability -> AvailabilityText.of(availability, now, words))
                .orElse(AvailabilityText.NONE);
    }

    /** The same for each of these providers who has given one. */
    public Map<UUID, AvailabilityText> inWords(List<UUID> providerIds, Instant now, Words words) {
        Map<UUID, AvailabilityText> found = new HashMap<>();
        jdbc.sql(FIND_ALL)
                .param("providers", new SqlArrayValue("uuid", providerIds.toArray()))
                .query(row -> {
                    found.put(
                            row.getObject("provider_id", UUID.class),
                            AvailabilityText.of(availability(row), now, words));
                });
        return found;
    }

    Optional<Availability> find(UUID providerId) {
        return read(FIND, providerId);
    }

    /** The same, and nobody else changes it until the transaction ends. */
    Optional<Availability> lock(UUID providerId) {
        return read(FIND + " FOR UPDATE", providerId);
    }

    private Optional<Availability> read(String statement, UUID providerId) {
        return jdbc.sql(statement)
                .param("provider", providerId)
                .query((row, number) -> availability(row))
                .optional();
    }

    public void remove(UUID providerId) {
        jdbc.sql(REMOVE).param("provider", providerId).update();
    }

    private Availability availability(ResultSet row) throws SQLException {
        String timeZone = row.getString("time_zone");
        if (!Availability.isKnown(timeZone) && reported.add(timeZone)) {
            log.warn(
                    "This JVM does not know the time zone {} any more: opening hours given in it do not count",
                    timeZone);
        }
        return new Availability(
                timeZone,
                List.of(json.readValue(row.getString("weekly_hours"), OpeningHours[].class)),
                List.of(json.readValue(row.getString("absences"), Absence[].class)));
    }

    void save(UUID providerId, Availability availability) {
        jdbc.sql(SAVE)
                .param("provider", providerId)
                .param("timeZone", availability.timeZone())
                .param("weeklyHours", json.writeValueAsString(availability.weeklyHours()))
                .param("absences", json.writeValueAsString(availability.absences()))
                .update();
    }
}
