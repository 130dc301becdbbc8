package io.replymeter.metrics.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;

import com.jayway.jsonpath.JsonPath;
import io.replymeter.events.EventCodec;
import io.replymeter.events.Role;
import io.replymeter.metrics.IntegrationTest;
import io.replymeter.metrics.TestLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** What operators see of the ingest, and decide about the quarantine. */
@IntegrationTest
class OverviewTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Autowired
    MockMvcTester http;

    @Value("${replymeter.events.topic}")
    String topic;

    private final UUID provider = UUID.randomUUID();
    private TestLog log;

    @BeforeEach
    void open() {
        log = new TestLog(topic);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void itTellsHowFarEachPartitionIsReadAndHowFast() {
        log.inquiry(provider, Instant.now().minusSeconds(600), Instant.now());

        awaitThat(() -> {
            String ingest = get("/ops/v1/ingest");
            assertThat(JsonPath.<Integer>read(ingest, "$.lag")).isZero();
            assertThat(JsonPath.<Double>read(ingest, "$.lagSeconds")).isZero();
            assertThat(JsonPath.<String>read(ingest, "$.topic")).isEqualTo(topic);
            assertThat(JsonPath.<Double>read(ingest, "$.eventsPerSecond")).isNotNull();
            assertThat(JsonPath.<Object>read(ingest, "$.topicProblem")).isNull();
            assertThat(JsonPath.<List<Integer>>read(ingest, "$.partitions[*].nextOffset"))
                    .isEqualTo(JsonPath.<List<Integer>>read(ingest, "$.partitions[*].endOffset"))
                    .anyMatch(offset -> offset > 0);
        });
    }

    /** What the topic said last is older than the offsets: a partition that was read further has lost nothing. */
    @Test
    void aPartitionThatIsReadWhileItGrowsHasNoProblem() {
        for (int i = 0; i < 200; i++) {
            log.inquiry(provider, Instant.now().minusSeconds(600), Instant.now());

            assertThat(JsonPath.<List<String>>read(get("/ops/v1/ingest"), "$.partitions[?(@.problem != null)].problem"))
                    .isEmpty();
        }
    }

    @Test
    void aProviderOfAQuarantinedRecordIsIncompleteUntilItIsDiscarded() {
        String broken = text(new EventCodec()
                        .encode(TestLog.message(
                                UUID.randomUUID(), UUID.randomUUID(), Role.CLIENT, provider, Instant.now())))
                .replace("\"version\":1", "\"version\":99");
        log.append("a key", bytes(broken));

        awaitThat(() -> assertThat(recordsOf(provider)).containsExactly(1));
        String listed = get("/ops/v1/quarantine?reason=UNSUPPORTED_VERSION&limit=200");
        int id = JsonPath.<List<Integer>>read(listed, "$.records[?(@.providerId == '%s')].id".formatted(provider))
                .get(0);
        assertThat(JsonPath.<List<Object>>read(get("/ops/v1/quarantine?reason=FUTURE"), "$.records"))
                .isEmpty();

        assertThat(request(HttpMethod.DELETE, "/ops/v1/quarantine/" + id)).hasStatus(204);

        assertThat(recordsOf(provider)).isEmpty();
        assertThat(get("/ops/v1/quarantine?limit=200")).doesNotContain(provider.toString());
        assertThat(request(HttpMethod.GET, "/ops/v1/quarantine/" + id)).hasStatus(404);
        assertThat(request(HttpMethod.POST, "/ops/v1/quarantine/" + id + "/replay"))
                .hasStatus(404);
        assertThat(request(HttpMethod.DELETE, "/ops/v1/quarantine/" + id)).hasStatus(404);
    }

    @Test
    void aRecordThatOnlyHasAKeyConcernsTheProvidersOfItsConversation() {
        UUID conversation = log.inquiry(provider, Instant.now().minusSeconds(600), Instant.now());
        log.append(conversation.toString(), bytes("not JSON"));

        awaitThat(() -> assertThat(recordsOf(provider)).containsExactly(1));
    }

    @Test
    void aRecordThatSaysNothingIsCounted() {
        int before = JsonPath.read(get("/ops/v1/incomplete-numbers"), "$.unattributed");
        log.append("no id", bytes("[]"));

        awaitThat(() -> assertThat(JsonPath.<Integer>read(get("/ops/v1/incomplete-numbers"), "$.unattributed"))
                .isEqualTo(before + 1));
        Map<String, Integer> quarantined = JsonPath.read(get("/ops/v1/ingest"), "$.quarantined");
        assertThat(quarantined.get("MALFORMED")).isPositive();
    }

    private List<Integer> recordsOf(UUID who) {
        return JsonPath.read(
                get("/ops/v1/incomplete-numbers"), "$.providers[?(@.providerId == '%s')].records".formatted(who));
    }

    private String get(String path) {
        MvcTestResult answer = request(HttpMethod.GET, path);
        assertThat(answer).hasStatusOk();
        return text(answer.getResponse().getContentAsByteArray());
    }

    private MvcTestResult request(HttpMethod method, String path) {
        return http.method(method)
                .uri(path)
                .with(jwt().authorities(new SimpleGrantedAuthority("SCOPE_metrics:ops")))
                .exchange();
    }

    private static void awaitThat(Runnable assertion) {
        await().atMost(PATIENCE).untilAsserted(assertion::run);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
