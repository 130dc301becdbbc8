package io.replymeter.metrics.rebuild;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import com.jayway.jsonpath.JsonPath;
import io.replymeter.embedded.TestServers;
import io.replymeter.events.Role;
import io.replymeter.metrics.IntegrationTest;
import io.replymeter.metrics.TestLog;
import io.replymeter.metrics.comparison.Differences.RowDifference;
import io.replymeter.metrics.generation.RebuildState;
import io.replymeter.metrics.log.Topic;
import io.replymeter.metrics.rebuild.RebuildController.SwitchRequest;
import io.replymeter.metrics.rebuild.RebuildController.ThrottleRequest;
import io.replymeter.metrics.rebuild.StartRequest.WantedRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;

@IntegrationTest
@TestPropertySource(
        properties = "spring.kafka.consumer.properties.interceptor.classes=io.replymeter.metrics.rebuild.PolledRecords")
class RebuildTest {

    private static final String FULL_DISK = """
            CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
            CREATE TRIGGER full_disk BEFORE INSERT ON conversation_g%d FOR EACH ROW EXECUTE FUNCTION full_disk()
            """;

    private static final WantedRules ANSWER_WITHIN_12_HOURS =
            new WantedRules(Duration.ofHours(12), null, null, null, null, null, null);

    @Autowired
    RebuildController api;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MockMvc http;

    @Autowired
    Topic topic;

    private Ops ops;
    private TestLog log;

    @BeforeEach
    void open() {
        ops = new Ops(api, jdbc);
        log = new TestLog(topic.name());
        ops.clear();
        if (!isActiveUnderTheConfiguredRules()) {
            rebuildUnderTheConfiguredRules();
        }
    }

    private boolean isActiveUnderTheConfiguredRules() {
        return api.get(ops.active()).rules().answerWithin().equals(Duration.ofHours(24));
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void readersNoticeNeitherARebuildUnderLoadNorASwitchNorARollback() throws InterruptedException {
        UUID steady = threeAnsweredAfterTenMinutesAndOneAfterThirteenHours();
        Traffic traffic = new Traffic(log);
        traffic.history(3_000);
        int before = rebuildUnderTheConfiguredRules();
        Readers readers = new Readers(http, steady, traffic.providers(), Map.of("PT24H", 100.0, "PT12H", 75.0));
        readers.start();
        Thread load = traffic.start(400);

        int rebuilt = ops.start(ANSWER_WITHIN_12_HOURS, null, false);
        RebuildView ready = ops.await(rebuilt, RebuildState.READY);
        ops.acceptAndSwitchTo(rebuilt);
        awaitReadersOf(rebuilt, readers);
        api.rollBack(rebuilt);
        int answers = readers.answers();
        await().atMost(Ops.PATIENCE).until(() -> readers.answers() > answers + 20);
        ops.acceptAndSwitchTo(rebuilt);
        api.drop(before);
        await().atMost(Ops.PATIENCE).until(() -> api.get(before).times().removedAt() != null);

        traffic.stop();
        load.join();
        assertThat(readers.stop()).isEmpty();
        assertThat(readers.generations()).containsExactlyInAnyOrder(before, rebuilt);
        assertThat(requireNonNull(ready.verification()).liveWaitedMilliseconds())
                .isLessThanOrEqualTo(1_000);
        assertThat(api.differences(rebuilt).providers())
                .filteredOn(provider -> provider.providerId().equals(steady))
                .singleElement()
                .satisfies(provider -> {
                    assertThat(provider.live().responseRatePercent()).isEqualByComparingTo("100");
                    assertThat(provider.rebuilt().responseRatePercent()).isEqualByComparingTo("75");
                });
        ops.awaitNoLag(rebuilt);
        assertThat(traffic.conversationsWithOtherMessages(rebuilt, jdbc)).isEmpty();
        assertThatACleanRebuildEndsInTheSameRows();
    }

    private void awaitReadersOf(int generation, Readers readers) {
        await().atMost(Ops.PATIENCE).until(() -> readers.generations().contains(generation));
    }

    private int rebuildUnderTheConfiguredRules() {
        int generation = ops.startAndAwaitReady();
        ops.acceptAndSwitchTo(generation);
        ops.clear();
        return generation;
    }

    private void assertThatACleanRebuildEndsInTheSameRows() {
        int live = ops.active();
        int clean = ops.start(isActiveUnderTheConfiguredRules() ? null : ANSWER_WITHIN_12_HOURS, null, false);
        ops.await(clean, RebuildState.READY);
        ops.awaitNoLag(live, clean);
        assertThat(api.differences(clean).rows()).isEmpty();
        assertThat(ops.rows(clean)).isEqualTo(ops.rows(live)).hasSizeGreaterThan(500);
    }

    private UUID threeAnsweredAfterTenMinutesAndOneAfterThirteenHours() {
        UUID provider = UUID.randomUUID();
        Instant at = Instant.now().minus(Duration.ofDays(2));
        for (int i = 0; i < 3; i++) {
            log.inquiry(provider, at, at.plus(Duration.ofMinutes(10)));
        }
        log.inquiry(provider, at, at.plus(Duration.ofHours(13)));
        return provider;
    }

    @Test
    void damagedTablesAreFoundAndHealedByTheSwitch() throws Exception {
        new Traffic(log).history(2_000);
        int damaged = rebuildUnderTheConfiguredRules();
        ops.awaitNoLag(damaged);
        UUID summed = damage(
                "UPDATE daily_metrics_g%d SET response_micros = response_micros + 1000000 WHERE ctid = ("
                        + "SELECT ctid FROM daily_metrics_g%1$d WHERE answered > 0 LIMIT 1) RETURNING provider_id",
                damaged);
        UUID lost = damage(
                "DELETE FROM inquiry_g%d WHERE ctid = (SELECT ctid FROM inquiry_g%1$d"
                        + " WHERE responded_at IS NULL LIMIT 1) RETURNING conversation_id",
                damaged);
        UUID forgotten = damage(
                "DELETE FROM conversation_g%d WHERE ctid = (SELECT ctid FROM conversation_g%1$d"
                        + " WHERE NOT deleted LIMIT 1) RETURNING conversation_id",
                damaged);
        assertThat(differencesOfTheIntegrityCheck()).isPositive();

        int healed = ops.startAndAwaitReady();

        assertThat(api.differences(healed).rows())
                .extracting(RowDifference::layer)
                .containsExactly("conversation", "inquiry", "dailyMetrics");
        assertThat(api.differences(healed).rows())
                .extracting(RowDifference::key)
                .satisfiesExactly(
                        key -> assertThat(key).contains(forgotten.toString()),
                        key -> assertThat(key).contains(lost.toString()),
                        key -> assertThat(key).contains(summed.toString()));
        assertThat(ops.verification(healed).beganBeforeTopic()).isZero();
        assertThat(Ops.refusal(() -> api.switchTo(healed, null))).contains("3 rows differ");
        api.switchTo(healed, new SwitchRequest(true));
        assertThat(differencesOfTheIntegrityCheck()).isZero();
    }

    private UUID damage(String sql, int generation) {
        return jdbc.sql(sql.formatted(generation)).query(UUID.class).single();
    }

    private int differencesOfTheIntegrityCheck() throws Exception {
        String report = http.perform(get("/ops/v1/integrity")
                        .with(jwt().authorities(new SimpleGrantedAuthority("SCOPE_metrics:ops"))))
                .andReturn()
                .getResponse()
                .getContentAsString();
        return JsonPath.read(report, "$.differences");
    }

    @Test
    void aCancelledRebuildLeavesNothingBehind() throws Exception {
        new Traffic(log).history(1_000);
        int live = ops.active();
        ops.awaitNoLag(live);
        var rows = ops.rows(live);
        int cancelled = ops.start(null, 50, false);
        await().atMost(Ops.PATIENCE)
                .until(() -> requireNonNull(api.get(cancelled).progress()).done() > 0);

        api.cancel(cancelled);

        await().atMost(Ops.PATIENCE).until(() -> api.get(cancelled).times().removedAt() != null);
        assertThat(api.cancel(cancelled).state()).isEqualTo(RebuildState.CANCELLED);
        assertThat(ops.traces(cancelled)).isZero();
        assertThat(groups()).noneMatch(group -> group.endsWith("-" + cancelled));
        assertThat(ops.rows(live)).isEqualTo(rows);
    }

    private List<String> groups() throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers()))) {
            return admin.listGroups().all().get().stream()
                    .map(GroupListing::groupId)
                    .filter(group -> group.startsWith(topic.name()))
                    .toList();
        }
    }

    @Test
    void aThrottledReplayIsSlowUntilItIsLetGo() {
        new Traffic(log).history(2_000);
        int throttled = ops.start(null, 200, false);
        await().atMost(Ops.PATIENCE)
                .until(() -> requireNonNull(api.get(throttled).progress()).done() > 0);
        Instant begun = Instant.now();
        long done = requireNonNull(api.get(throttled).progress()).done();
        await().atMost(Ops.PATIENCE)
                .until(() -> requireNonNull(api.get(throttled).progress()).done() > done + 300);
        long passed = requireNonNull(api.get(throttled).progress()).done() - done;
        assertThat(Duration.between(begun, Instant.now())).isGreaterThan(Duration.ofMillis(passed * 1_000 / 400));
        assertThat(api.get(throttled).state()).isEqualTo(RebuildState.REPLAYING);

        api.throttle(throttled, new ThrottleRequest(null));

        ops.await(throttled, RebuildState.READY);
    }

    @Test
    void aThrottledReplayPollsEachRecordOnce() {
        new Traffic(log).history(3_000);
        int throttled = ops.start(null, 200, false);

        await().atMost(Ops.PATIENCE)
                .until(() -> requireNonNull(api.get(throttled).progress()).done() > 1_500);

        assertThat(PolledRecords.of(throttled))
                .isBetween(1_500L, requireNonNull(api.get(throttled).progress()).total());
    }

    @Test
    void aPausedReplayReadsNothingAndGoesOnWhereItWas() {
        new Traffic(log).history(2_000);
        int paused = ops.start(null, 200, false);
        await().atMost(Ops.PATIENCE)
                .until(() -> requireNonNull(api.get(paused).progress()).done() > 0);

        assertThat(api.pause(paused).state()).isEqualTo(RebuildState.PAUSED);
        assertThat(api.pause(paused).state()).isEqualTo(RebuildState.PAUSED);
        api.throttle(paused, new ThrottleRequest(null));
        String offsets = "SELECT sum(next_offset) FROM partition_offset WHERE generation = ?";
        await().atMost(Ops.PATIENCE).until(() -> groupIsEmpty(paused));
        int stood = ops.number(offsets, paused);
        await().during(Duration.ofMillis(500)).until(() -> ops.number(offsets, paused) == stood);

        api.resume(paused);

        ops.await(paused, RebuildState.READY);
        assertThat(ops.verification(paused).isClean()).isTrue();
    }

    private boolean groupIsEmpty(int generation) throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers()))) {
            String group = topic.name() + "-" + generation;
            return requireNonNull(admin.describeConsumerGroups(List.of(group))
                            .all()
                            .get()
                            .get(group))
                    .members()
                    .isEmpty();
        }
    }

    @Test
    void aFullDatabasePausesTheRebuildAndNotTheLiveSide() {
        new Traffic(log).history(500);
        int live = ops.active();
        int rebuilt = ops.start(null, 10, false);
        jdbc.sql(FULL_DISK.formatted(rebuilt)).update();
        try {
            api.throttle(rebuilt, new ThrottleRequest(null));

            RebuildView paused = ops.await(rebuilt, RebuildState.PAUSED);

            assertThat(paused.reason()).contains("out of resources", "could not extend file");
            new Traffic(log).history(100);
            ops.awaitNoLag(live);
        } finally {
            jdbc.sql("DROP FUNCTION full_disk CASCADE").update();
        }
        api.resume(rebuilt);
        ops.await(rebuilt, RebuildState.READY);
    }

    @Test
    void transactionMarkersDoNotKeepTheOffsetsApart() {
        Instant anHourAgo = Instant.now().minus(Duration.ofHours(1));
        for (int i = 0; i < 3; i++) {
            log.appendInTransaction(
                    TestLog.message(UUID.randomUUID(), UUID.randomUUID(), Role.CLIENT, UUID.randomUUID(), anHourAgo));
        }

        int rebuilt = ops.startAndAwaitReady();

        assertThat(ops.verification(rebuilt).isClean()).isTrue();
        ops.awaitNoLag(ops.active(), rebuilt);
    }

    @Test
    void aSwitchWantsALateComparison() {
        new Traffic(log).history(100);
        int rebuilt = ops.startAndAwaitReady();
        jdbc.sql("UPDATE verification SET report = jsonb_set(report, '{validUntil}', '\"2026-01-01T00:00:00Z\"')")
                .update();

        assertThat(Ops.refusal(() -> api.switchTo(rebuilt, null))).contains("verify again");

        assertThat(api.verify(rebuilt).state()).isIn(RebuildState.VERIFYING, RebuildState.READY);
        ops.await(rebuilt, RebuildState.READY);
        assertThat(api.switchTo(rebuilt, null).state()).isEqualTo(RebuildState.ACTIVE);
        assertThat(api.switchTo(rebuilt, null).state()).isEqualTo(RebuildState.ACTIVE);
        assertThat(ops.active()).isEqualTo(rebuilt);
    }
}
