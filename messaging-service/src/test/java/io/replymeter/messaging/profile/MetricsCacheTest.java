package io.replymeter.messaging.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replymeter.embedded.Database;
import io.replymeter.embedded.TestServers;
import io.replymeter.messaging.TestPlatform;
import io.replymeter.messaging.profile.Profiles.Profile;
import io.replymeter.messaging.user.StaleResponseMetrics;
import io.replymeter.messaging.words.Languages;
import io.replymeter.messaging.words.Words;
import io.replymeter.metrics.client.ResponseMetrics;
import java.math.BigDecimal;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class MetricsCacheTest {

    private static final Words ENGLISH = new Languages().english();

    private static final Duration HOUR = Duration.ofHours(1);

    private static final Database DATABASE = TestServers.newDatabase();

    private final DriverManagerDataSource database =
            new DriverManagerDataSource(DATABASE.jdbcUrl(), DATABASE.username(), DATABASE.password());
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final MetricsCache cache = cache(jdbc);
    private final Profiles profiles = new Profiles(jdbc);

    @BeforeEach
    void nobodyIsThereYet() {
        TestPlatform.migrate(database);
        jdbc.sql("TRUNCATE users, stale_response_metrics CASCADE").update();
    }

    @Test
    void anAnswerIsKeptWithItsAgeAndReadsTheSame() {
        UUID provider = user("PROVIDER");
        ResponseMetrics answer = answer(provider, now());

        cache.record(List.of(answer));

        MetricsSummary kept = summaryOf(provider);
        assertThat(kept.averageResponseTime()).isEqualTo(Duration.ofMinutes(90));
        assertThat(kept.medianResponseTime()).isEqualTo(Duration.ofMinutes(60));
        assertThat(kept.excused()).isEqualTo(2);
        assertThat(ResponseMetricsText.of(kept, true, ENGLISH))
                .isEqualTo(ResponseMetricsText.of(MetricsSummary.of(answer), true, ENGLISH));
        assertThat(column(provider, "response_rate_percentage", BigDecimal.class))
                .isEqualByComparingTo("80.00");
        assertThat(column(provider, "metrics_due_at > now() + interval '59 minutes'", Boolean.class))
                .isTrue();
    }

    @Test
    void tooLittleDataIsKeptToo() {
        UUID provider = user("PROVIDER");

        cache.record(List.of(answer(provider, 2, 1, null, null, now())));

        assertThat(summaryOf(provider).isEnough()).isFalse();
        assertThat(summaryOf(provider).averageResponseTime()).isNull();
        assertThat(summaryOf(provider).lastUpdated()).isNull();
    }

    @Test
    void anAnswerFromBeforeMediansWereKeptIsNoneToShow() {
        UUID provider = user("PROVIDER");
        cache.record(List.of(answer(provider, now())));
        jdbc.sql("UPDATE users SET median_response_time_minutes = NULL, metrics_excused = NULL")
                .update();

        assertThat(profiles.find(provider)).map(Profile::lastKnown).isEmpty();
    }

    @Test
    void anEarlierAnswerNeverReplacesALaterOne() {
        UUID provider = user("PROVIDER");
        Instant later = now();
        cache.record(List.of(answer(provider, 15, 12, "60", later, later)));

        cache.record(List.of(answer(provider, 3, 3, "60", later, later.minusSeconds(1))));

        assertThat(summaryOf(provider).sampleSize()).isEqualTo(15);
    }

    @Test
    void onlyProvidersHaveMetrics() {
        UUID client = user("CLIENT");
        cache.record(List.of(answer(client, now())));
        mark(client);
        cache.collectMarks();

        assertThat(profiles.find(client)).map(Profile::lastKnown).isEmpty();
        assertThat(cache.claimDue()).isEmpty();
        assertThat(marks()).isZero();
        for (String column : List.of(
                "average_response_time_minutes = 1",
                "median_response_time_minutes = 1",
                "metrics_excused = 1",
                "response_rate_percentage = 1",
                "metrics_last_updated = now()",
                "metrics_stale_since = now()",
                "show_response_metrics = false")) {
            assertThatThrownBy(() -> jdbc.sql("UPDATE users SET " + column + " WHERE id = ?")
                            .param(client)
                            .update())
                    .as(column)
                    .isInstanceOf(DataIntegrityViolationException.class);
        }
    }

    @Test
    void impossibleNumbersAreNotKept() {
        UUID provider = user("PROVIDER");

        for (String column : List.of(
                "average_response_time_minutes = -1",
                "median_response_time_minutes = -1",
                "metrics_excused = -1",
                "response_rate_percentage = 100.01",
                "metrics_sample_size = 3")) {
            assertThatThrownBy(() -> jdbc.sql("UPDATE users SET " + column + " WHERE id = ?")
                            .param(provider)
                            .update())
                    .as(column)
                    .isInstanceOf(DataIntegrityViolationException.class);
        }
    }

    @Test
    void whoNeverHadAnAnswerIsDueAtOnceAndThenEveryHour() {
        UUID provider = user("PROVIDER");
        assertThat(cache.claimDue()).containsExactly(provider);

        cache.record(List.of(answer(provider, now())));
        assertThat(cache.claimDue()).isEmpty();

        jdbc.sql("UPDATE users SET metrics_due_at = metrics_due_at - interval '1 hour'")
                .update();
        assertThat(cache.claimDue()).containsExactly(provider);
    }

    @Test
    void whoeverClaimsAProviderHasItAlone() {
        user("PROVIDER");

        assertThat(cache.claimDue()).hasSize(1);
        assertThat(cache.claimDue()).isEmpty();
    }

    @Test
    void claimsOfTwoInstancesNeitherWaitNorOverlap() throws SQLException {
        List<UUID> providers =
                Stream.generate(() -> user("PROVIDER")).limit(150).toList();

        try (Connection one = database.getConnection()) {
            one.setAutoCommit(false);
            List<UUID> ofOne = cache(on(one)).claimDue();
            List<UUID> ofOther = cache.claimDue();
            one.commit();

            assertThat(ofOne).hasSize(100);
            assertThat(ofOther).hasSize(50);
            assertThat(Stream.concat(ofOne.stream(), ofOther.stream())).hasSameElementsAs(providers);
        }
    }

    @Test
    void aMarkMakesAProviderDueWhateverItsAge() {
        UUID provider = user("PROVIDER");
        cache.record(List.of(answer(provider, now())));

        mark(provider);
        cache.collectMarks();

        assertThat(cache.claimStale()).containsExactly(provider);
        assertThat(marks()).isZero();
    }

    @Test
    void messagesOfOneProviderNeverWaitForEachOtherOrForTheRefresh() throws SQLException {
        UUID provider = user("PROVIDER");
        try (Connection one = database.getConnection();
                Connection other = database.getConnection()) {
            one.setAutoCommit(false);
            other.setAutoCommit(false);
            new StaleResponseMetrics(on(one)).mark(List.of(provider));
            new StaleResponseMetrics(on(other)).mark(List.of(provider));
            cache.collectMarks();
            cache.record(List.of(answer(provider, now())));
            one.commit();
            other.commit();
        }

        cache.collectMarks();
        assertThat(cache.claimStale()).as("a mark committed after the refresh").containsExactly(provider);
    }

    @Test
    void anAnswerThatMayBeTooEarlyIsKeptAndAskedForAgain() {
        UUID provider = user("PROVIDER");
        mark(provider);
        cache.collectMarks();
        cache.claimStale();

        cache.record(List.of(answer(provider, now())));

        assertThat(summaryOf(provider).sampleSize()).isEqualTo(15);
        assertThat(column(provider, "metrics_stale_since IS NOT NULL", Boolean.class))
                .isTrue();
        assertThat(column(provider, """
                        metrics_due_at BETWEEN metrics_stale_since + interval '3 seconds'
                            AND greatest(metrics_stale_since + interval '3 seconds', now() + (now() - metrics_stale_since))
                        """, Boolean.class)).isTrue();

        cache.record(List.of(answer(provider, now().plusSeconds(3))));

        assertThat(column(provider, "metrics_stale_since IS NULL", Boolean.class))
                .isTrue();
        assertThat(column(provider, "metrics_due_at > now() + interval '59 minutes'", Boolean.class))
                .isTrue();
    }

    @Test
    void anAnswerThatStaysTooEarlyIsAskedForEverLessOftenDownToOnceAnHour() {
        UUID provider = user("PROVIDER");
        mark(provider);
        cache.collectMarks();
        jdbc.sql("UPDATE users SET metrics_stale_since = now() - interval '10 hours'")
                .update();

        cache.record(List.of(answer(provider, 15, 12, "5400.25", null, now())));

        assertThat(column(
                        provider,
                        "metrics_due_at BETWEEN now() + interval '59 minutes' AND now() + interval '1 hour'",
                        Boolean.class))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"now()", "now() + interval '400 seconds'", "now() + interval '1 year'"})
    void aClockThatWasAheadKeepsNoStaleAnswer(String staleSince) {
        UUID provider = user("PROVIDER");
        jdbc.sql("UPDATE users SET metrics_due_at = now() + interval '400 seconds', metrics_stale_since = "
                        + staleSince)
                .update();

        cache.mendTimesAhead();

        assertThat(cache.claimStale()).containsExactly(provider);
        cache.record(List.of(answer(provider, now().plusSeconds(3))));
        assertThat(column(provider, "metrics_stale_since IS NULL", Boolean.class))
                .isTrue();
    }

    @Test
    void aMarkOfTheFutureIsSettledAsOneOfThePresent() {
        UUID provider = user("PROVIDER");
        mark(provider);
        jdbc.sql("UPDATE stale_response_metrics SET marked_at = now() + interval '400 seconds'")
                .update();
        cache.collectMarks();

        cache.record(List.of(answer(provider, now().plusSeconds(3))));

        assertThat(column(provider, "metrics_stale_since IS NULL", Boolean.class))
                .isTrue();
    }

    @Test
    void whoIsDueInAYearIsDueNow() {
        UUID provider = user("PROVIDER");
        jdbc.sql("UPDATE users SET metrics_due_at = now() + interval '1 year'").update();

        cache.mendTimesAhead();

        assertThat(cache.claimDue()).containsExactly(provider);
    }

    @Test
    void anAnswerOfTheFutureIsReplacedByOneOfThePresent() {
        UUID provider = user("PROVIDER");
        cache.record(List.of(answer(provider, 3, 3, "60", now(), now().plusSeconds(400))));

        cache.record(List.of(answer(provider, now())));

        assertThat(summaryOf(provider).sampleSize()).isEqualTo(15);
    }

    @Test
    void whoWaitsForAGoodReasonGoesOnWaiting() {
        UUID rested = user("PROVIDER");
        UUID askedInVain = user("PROVIDER");
        cache.record(List.of(answer(rested, now())));
        jdbc.sql("""
                UPDATE users SET metrics_stale_since = now() - interval '10 minutes',
                    metrics_due_at = now() + interval '9 minutes'
                WHERE id = ?
                """).param(askedInVain).update();

        cache.mendTimesAhead();

        assertThat(cache.claimStale()).isEmpty();
        assertThat(cache.claimDue()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void theNextToReadAreFoundByIndexHoweverManyProvidersThereAre(int oneInSoManyIsStale) {
        jdbc.sql("""
                INSERT INTO users (id, role, display_name, metrics_due_at, metrics_stale_since)
                SELECT gen_random_uuid(), 'PROVIDER', 'Somebody', now() + number * interval '1 second',
                    CASE WHEN number % ? = 0 THEN now() END
                FROM generate_series(1, 20000) AS number
                """).param(oneInSoManyIsStale).update();
        jdbc.sql("ANALYZE users").update();

        assertThat(plan(MetricsCache.CLAIM_STALE))
                .contains("users_with_stale_metrics")
                .doesNotContain("Seq Scan");
        assertThat(plan(MetricsCache.CLAIM_DUE))
                .contains("users_by_metrics_due")
                .doesNotContain("Seq Scan");
        assertThat(plan(MetricsCache.COLLECT_MARKS)).doesNotContain("Seq Scan");
        assertThat(plan(MetricsCache.MEND_STALE))
                .contains("users_with_stale_metrics")
                .doesNotContain("Seq Scan");
        assertThat(plan(MetricsCache.MEND_DUE)).contains("users_by_metrics_due").doesNotContain("Seq Scan");
        assertThat(plan(MetricsCache.RECORD)).doesNotContain("Seq Scan");
        assertThat(plan(Profiles.PAGE)).contains("providers_by_slowness").doesNotContain("Seq Scan", "Sort");
    }

    private String plan(String statement) {
        Properties simple = new Properties();
        simple.setProperty("preferQueryMode", "simple"); // else the driver wants values for the parameters
        database.setConnectionProperties(simple);
        return String.join(
                "\n",
                jdbc.sql("EXPLAIN (GENERIC_PLAN) " + numbered(statement))
                        .query(String.class)
                        .list());
    }

    /** The statement as PostgreSQL prepares it: $1, $2 … for the parameters. */
    private static String numbered(String statement) {
        AtomicInteger number = new AtomicInteger();
        return Pattern.compile("(?<!:):[a-zA-Z]+")
                .matcher(statement)
                .replaceAll(any -> "\\$" + number.incrementAndGet());
    }

    private UUID user(String role) {
        UUID id = UUID.randomUUID();
        jdbc.sql("INSERT INTO users (id, role, display_name) VALUES (?, ?, 'Somebody')")
                .params(id, role)
                .update();
        return id;
    }

    private <T> T column(UUID provider, String expression, Class<T> type) {
        return jdbc.sql("SELECT " + expression + " FROM users WHERE id = ?")
                .param(provider)
                .query(type)
                .single();
    }

    private MetricsSummary summaryOf(UUID provider) {
        return profiles.find(provider).map(Profile::lastKnown).orElseThrow();
    }

    private void mark(UUID provider) {
        new StaleResponseMetrics(jdbc).mark(List.of(provider));
    }

    private int marks() {
        return jdbc.sql("SELECT count(*) FROM stale_response_metrics")
                .query(Integer.class)
                .single();
    }

    private static JdbcClient on(Connection connection) {
        return JdbcClient.create(new SingleConnectionDataSource(connection, true));
    }

    private static MetricsCache cache(JdbcClient jdbc) {
        return new MetricsCache(jdbc, new MetricsApiProperties(URI.create("http://localhost"), null, HOUR, HOUR, HOUR));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private static ResponseMetrics answer(UUID provider, Instant lastUpdated) {
        return answer(provider, 15, 12, "5400.25", lastUpdated, now());
    }

    private static ResponseMetrics answer(
            UUID provider,
            int sampleSize,
            int answered,
            @Nullable String averageSeconds,
            @Nullable Instant lastUpdated,
            Instant asOf) {
        return new ResponseMetrics(
                provider,
                "AVAILABLE",
                new ResponseMetrics.Window(30, LocalDate.EPOCH, LocalDate.EPOCH),
                sampleSize,
                3,
                0,
                answered,
                0,
                sampleSize - answered,
                2,
                0,
                averageSeconds == null ? null : new BigDecimal("80.00"),
                averageSeconds == null ? null : new BigDecimal(averageSeconds),
                averageSeconds == null ? null : new BigDecimal("3600.5"),
                null,
                List.of(),
                lastUpdated,
                asOf,
                new ResponseMetrics.Ruleset(1, 1, Duration.ofHours(24), Duration.ofHours(168), Duration.ofHours(24)));
    }
}
