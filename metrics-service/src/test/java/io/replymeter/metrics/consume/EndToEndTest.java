package io.replymeter.metrics.consume;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.replymeter.events.MessageEventsTopic;
import io.replymeter.events.Role;
import io.replymeter.metrics.IntegrationTest;
import io.replymeter.metrics.TestLog;
import io.replymeter.metrics.log.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

@IntegrationTest
class EndToEndTest {

    private final UUID provider = UUID.randomUUID();
    private final Instant start = Instant.now().minus(Duration.ofDays(2));

    @Autowired
    MockMvc http;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Topic topic;

    private TestLog log;

    @BeforeEach
    void open() {
        log = new TestLog(topic.name());
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void aRecordInTheTopicShowsInTheMetrics() {
        threeOfFourAnsweredAfterTenMinutes();

        await().untilAsserted(() -> metrics()
                .andExpect(jsonPath("$.status").value("AVAILABLE"))
                .andExpect(jsonPath("$.sampleSize").value(4))
                .andExpect(jsonPath("$.minimumSampleSize").value(3))
                .andExpect(jsonPath("$.pending").value(0))
                .andExpect(jsonPath("$.answered").value(3))
                .andExpect(jsonPath("$.answeredLate").value(0))
                .andExpect(jsonPath("$.unanswered").value(1))
                .andExpect(jsonPath("$.responseRatePercent").value(75.0))
                .andExpect(jsonPath("$.averageResponseTimeSeconds").value(600.0))
                .andExpect(jsonPath("$.medianResponseTimeSeconds").value(notNullValue()))
                .andExpect(jsonPath("$.p90ResponseTimeSeconds").value(notNullValue()))
                .andExpect(jsonPath("$.window.days").value(30))
                .andExpect(jsonPath("$.ruleset.version").value(2))
                .andExpect(jsonPath("$.ruleset.answerWithin").value("PT24H"))
                .andExpect(jsonPath("$.lastUpdated").value(notNullValue()))
                .andExpect(jsonPath("$.asOf").value(notNullValue())));
    }

    @Test
    void theInquiriesThatMadeTheNumberCanBeListedPageByPage() throws Exception {
        threeOfFourAnsweredAfterTenMinutes();
        await().untilAsserted(() -> metrics()
                .andExpect(jsonPath("$.answered").value(3))
                .andExpect(jsonPath("$.sampleSize").value(4)));

        String cursor = com.jayway.jsonpath.JsonPath.read(
                read("/api/v1/providers/{id}/inquiries?limit=3", provider)
                        .andExpect(jsonPath("$.inquiries.length()").value(3))
                        .andExpect(jsonPath("$.inquiries[0].outcome").value("OVERDUE"))
                        .andExpect(
                                jsonPath("$.inquiries[0].responseTimeSeconds").value(nullValue()))
                        .andExpect(jsonPath("$.inquiries[1].outcome").value("ANSWERED"))
                        .andExpect(
                                jsonPath("$.inquiries[1].responseTimeSeconds").value(600.0))
                        .andReturn()
                        .getResponse()
                        .getContentAsString(),
                "$.nextCursor");
        read("/api/v1/providers/{id}/inquiries?limit=3&cursor={cursor}", provider, cursor)
                .andExpect(jsonPath("$.inquiries.length()").value(1))
                .andExpect(jsonPath("$.nextCursor").value(nullValue()));
        read("/api/v1/providers/{id}/inquiries?outcome=OVERDUE", provider)
                .andExpect(jsonPath("$.inquiries.length()").value(1));
        read("/api/v1/providers/{id}/inquiries?cursor=bm90IG91cnM", provider)
                .andExpect(status().isBadRequest())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.type").value("urn:replymeter:problem:invalid-request"));
    }

    @Test
    void whoHasTheNumbersAlreadyIsToldSoUntilTheyChange() throws Exception {
        threeOfFourAnsweredAfterTenMinutes();
        await().untilAsserted(() -> metrics().andExpect(jsonPath("$.sampleSize").value(4)));
        String tag = requireNonNull(metrics().andReturn().getResponse().getHeader(HttpHeaders.ETAG));

        readUnless(tag).andExpect(status().isNotModified()).andExpect(content().string(""));

        log.inquiry(provider, Instant.now().minus(Duration.ofDays(1).plusMinutes(10)), null);
        await().untilAsserted(() -> readUnless(tag).andExpect(status().isOk()));
    }

    private ResultActions readUnless(String tag) throws Exception {
        return http.perform(get("/api/v1/providers/{id}/response-metrics", provider)
                .header(HttpHeaders.IF_NONE_MATCH, tag)
                .with(jwt().authorities(new SimpleGrantedAuthority("SCOPE_metrics:read"))));
    }

    @Test
    void everyDayOfTheWindowIsListed() throws Exception {
        threeOfFourAnsweredAfterTenMinutes();

        await().untilAsserted(() -> read("/api/v1/providers/{id}/response-metrics/daily", provider)
                .andExpect(jsonPath("$.days.length()").value(30))
                .andExpect(jsonPath("$.days[27].inquiries").value(4))
                .andExpect(jsonPath("$.days[27].answered").value(3))
                .andExpect(jsonPath("$.days[27].unanswered").value(1))
                .andExpect(jsonPath("$.days[27].pending").value(0))
                .andExpect(jsonPath("$.days[27].medianResponseTimeSeconds").value(closeTo(600, 12)))
                .andExpect(jsonPath("$.days[29].medianResponseTimeSeconds").value(nullValue()))
                .andExpect(jsonPath("$.days[29].inquiries").value(0)));
    }

    @Test
    void theResponsesAreCountedInRangesThatDouble() throws Exception {
        threeOfFourAnsweredAfterTenMinutes();

        await().untilAsserted(() -> read("/api/v1/providers/{id}/response-metrics/distribution", provider)
                .andExpect(jsonPath("$.answerWithin").value("PT24H"))
                .andExpect(jsonPath("$.responses").value(3))
                .andExpect(jsonPath("$.ranges[0].from").value("PT0S"))
                .andExpect(jsonPath("$.ranges[3].from").value("PT5M37.5S"))
                .andExpect(jsonPath("$.ranges[3].to").value("PT11M15S"))
                .andExpect(jsonPath("$.ranges[3].responses").value(3)));
    }

    @Test
    void upToAHundredProvidersAreAnsweredAtOnceInTheOrderAsked() throws Exception {
        UUID other = UUID.randomUUID();
        threeOfFourAnsweredAfterTenMinutes();

        await().untilAsserted(() -> read("/api/v1/response-metrics?providerId={a}&providerId={b}", other, provider)
                .andExpect(jsonPath("$.metrics[0].providerId").value(other.toString()))
                .andExpect(jsonPath("$.metrics[0].sampleSize").value(0))
                .andExpect(jsonPath("$.metrics[1].providerId").value(provider.toString()))
                .andExpect(jsonPath("$.metrics[1].sampleSize").value(4)));
        read("/api/v1/response-metrics?providerId="
                        + String.join("&providerId=", Collections.nCopies(101, other.toString())))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.type").value("urn:replymeter:problem:invalid-request"));
    }

    @Test
    void anUnknownProviderHasNoDataAndAMalformedIdIsAProblem() throws Exception {
        read("/api/v1/providers/{id}/response-metrics", UUID.randomUUID())
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.status").value("INSUFFICIENT_DATA"))
                .andExpect(jsonPath("$.sampleSize").value(0))
                .andExpect(jsonPath("$.responseRatePercent").value(nullValue()));
        read("/api/v1/providers/nobody/response-metrics")
                .andExpect(status().isBadRequest())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON));
    }

    @Test
    void nobodyReadsWithoutTheScope() throws Exception {
        http.perform(get("/api/v1/providers/{id}/response-metrics", provider))
                .andExpect(status().isUnauthorized())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.type").value("urn:replymeter:problem:no-valid-token"));
        http.perform(get("/api/v1/providers/{id}/response-metrics", provider).with(jwt()))
                .andExpect(status().isForbidden())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.type").value("urn:replymeter:problem:not-allowed"));
        read("/ops/v1/integrity").andExpect(status().isForbidden());
        http.perform(get("/actuator/prometheus")).andExpect(status().isUnauthorized());
        http.perform(get("/actuator/health")).andExpect(status().isOk());
        http.perform(get("/v3/api-docs"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.info.title").value("Replymeter metrics API"));
    }

    @Test
    void aRecordThatBreaksTheContractIsKeptAndTheOnesAfterItCount() throws Exception {
        UUID conversation = UUID.randomUUID();
        byte[] broken = ("{\"type\":\"MessageCreated\",\"version\":7,\"conversationId\":\"" + conversation + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        log.append(MessageEventsTopic.key(conversation), broken);
        log.append(TestLog.message(conversation, UUID.randomUUID(), Role.CLIENT, provider, start));
        log.append(TestLog.message(
                conversation,
                UUID.randomUUID(),
                Role.CLIENT,
                provider,
                Instant.now().plusSeconds(3600)));

        await().untilAsserted(() -> metrics().andExpect(jsonPath("$.sampleSize").value(1)));
        await().untilAsserted(() -> operate(get("/ops/v1/quarantine"))
                .andExpect(jsonPath("$.records[?(@.reason == 'UNSUPPORTED_VERSION')].valueBytes")
                        .value(broken.length))
                .andExpect(jsonPath("$.records[*].value").doesNotExist())
                .andExpect(jsonPath("$.records[?(@.reason == 'FUTURE')]").exists()));

        long id = jdbc.sql("SELECT id FROM quarantine WHERE record_value = ?")
                .param(broken)
                .query(Long.class)
                .single();
        operate(get("/ops/v1/quarantine/{id}", id))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.record.reason").value("UNSUPPORTED_VERSION"))
                .andExpect(jsonPath("$.value").value(Base64.getEncoder().encodeToString(broken)));
        operate(get("/ops/v1/quarantine/{id}", Long.MAX_VALUE)).andExpect(status().isNotFound());

        operate(post("/ops/v1/quarantine/{id}/replay", id))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.replayedAt").value(notNullValue()));
        await().untilAsserted(() -> assertThat(jdbc.sql("SELECT count(*) FROM quarantine WHERE record_value = ?")
                        .param(broken)
                        .query(Long.class)
                        .single())
                .isEqualTo(2));
        operate(post("/ops/v1/quarantine/{id}/replay", Long.MAX_VALUE)).andExpect(status().isNotFound());
    }

    @Test
    void transactionMarkersDoNotHoldTheWatermarkBack() {
        log.appendInTransaction(TestLog.message(UUID.randomUUID(), UUID.randomUUID(), Role.CLIENT, provider, start));
        Instant appended = Instant.now();

        await().untilAsserted(() -> {
            // Null before anything was applied.
            String lastUpdated = com.jayway.jsonpath.JsonPath.read(
                    metrics().andReturn().getResponse().getContentAsString(), "$.lastUpdated");
            assertThat(lastUpdated).isNotNull();
            assertThat(Instant.parse(lastUpdated)).isAfter(appended);
        });
    }

    @Test
    void lagAndIgnoredRecordsAreInTheServicesOwnMetrics() {
        log.append(TestLog.message(UUID.randomUUID(), provider, Role.PROVIDER, UUID.randomUUID(), Instant.EPOCH));

        await().untilAsserted(() -> {
            operate(get("/ops/v1/ignored"))
                    .andExpect(jsonPath("$.TOO_OLD").value(org.hamcrest.Matchers.greaterThanOrEqualTo(1)));
            operate(get("/actuator/prometheus"))
                    .andExpect(content()
                            .string(org.hamcrest.Matchers.allOf(
                                    org.hamcrest.Matchers.containsString("reason=\"TOO_OLD\""),
                                    org.hamcrest.Matchers.containsString("kafka_consumer_fetch_manager_records_lag"))));
        });
    }

    @Test
    void damagedTablesAreFoundByTheIntegrityCheck() throws Exception {
        threeOfFourAnsweredAfterTenMinutes();
        await().untilAsserted(() -> metrics()
                .andExpect(jsonPath("$.answered").value(3))
                .andExpect(jsonPath("$.sampleSize").value(4)));
        operate(get("/ops/v1/integrity"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.differences").value(0))
                .andExpect(jsonPath("$.inquiries").value(org.hamcrest.Matchers.greaterThanOrEqualTo(4)));

        jdbc.sql("DELETE FROM inquiry WHERE provider_id = ? AND responded_at IS NULL")
                .param(provider)
                .update();
        operate(get("/ops/v1/integrity"))
                .andExpect(jsonPath("$.differences").value(2))
                .andExpect(jsonPath("$.shown[0].layer").value("inquiry"))
                .andExpect(jsonPath("$.shown[0].stored").value("missing"))
                .andExpect(jsonPath("$.shown[1].layer").value("daily_metrics"));
        jdbc.sql("DELETE FROM conversation").update();
        jdbc.sql("DELETE FROM inquiry").update();
        jdbc.sql("DELETE FROM daily_metrics").update();
        operate(get("/ops/v1/integrity")).andExpect(jsonPath("$.differences").value(0));
    }

    private void threeOfFourAnsweredAfterTenMinutes() {
        // All on one UTC day, whenever the test runs.
        Instant noon = start.truncatedTo(java.time.temporal.ChronoUnit.DAYS).plus(Duration.ofHours(12));
        Instant first = noon.isAfter(start) ? noon.minus(Duration.ofHours(11)) : noon;
        for (int i = 0; i < 4; i++) {
            Instant openedAt = first.plusSeconds(i);
            log.inquiry(provider, openedAt, i < 3 ? openedAt.plusSeconds(600) : null);
        }
    }

    private ResultActions metrics() throws Exception {
        return read("/api/v1/providers/{id}/response-metrics", provider).andExpect(status().isOk());
    }

    private ResultActions read(String path, Object... variables) throws Exception {
        return http.perform(
                get(path, variables).with(jwt().authorities(new SimpleGrantedAuthority("SCOPE_metrics:read"))));
    }

    private ResultActions operate(MockHttpServletRequestBuilder request) throws Exception {
        return http.perform(request.with(jwt().authorities(new SimpleGrantedAuthority("SCOPE_metrics:ops"))));
    }
}
