package io.replymeter.metrics.rebuild;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import io.micrometer.core.instrument.MeterRegistry;
import io.replymeter.events.Role;
import io.replymeter.metrics.IntegrationTest;
import io.replymeter.metrics.TestLog;
import io.replymeter.metrics.generation.RebuildState;
import io.replymeter.metrics.log.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.transaction.support.TransactionOperations;

@IntegrationTest
@TestPropertySource(properties = "spring.application.name=rebuild-test")
class RebuildApiTest {

    @Autowired
    MockMvc http;

    @Autowired
    RebuildController api;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Topic topic;

    @Autowired
    MeterRegistry meters;

    @Autowired
    TransactionOperations transactions;

    private Ops ops;

    @BeforeEach
    void open() {
        ops = new Ops(api, jdbc);
        ops.clear();
        try (TestLog log = new TestLog(topic.name())) {
            new Traffic(log).history(200);
        }
        await().untilAsserted(() -> perform(get("/ops/v1/rebuilds")).andExpect(status().isOk()));
    }

    @Test
    void aRebuildIsStartedWatchedSwitchedToAndRolledBack() throws Exception {
        int live = ops.active();
        String rules = "{\"rules\":{\"reinquirySilence\":\"PT0S\"},\"throttle\":100000}";
        String created = perform(post("/ops/v1/rebuilds"), rules)
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.state").value("REPLAYING"))
                .andExpect(jsonPath("$.rules.reinquirySilence").value("PT0S"))
                .andExpect(jsonPath("$.rules.horizon").value("PT168H"))
                .andExpect(jsonPath("$.throttle").value(100_000))
                .andReturn()
                .getResponse()
                .getContentAsString();
        int generation = JsonPath.read(created, "$.generation");
        await().atMost(Ops.PATIENCE)
                .untilAsserted(() -> perform(get("/ops/v1/rebuilds/" + generation))
                        .andExpect(jsonPath("$.state").value("READY"))
                        .andExpect(jsonPath("$.actions").value(hasItems("SWITCH", "VERIFY", "PAUSE", "CANCEL")))
                        .andExpect(jsonPath("$.progress.percent").value(100.0))
                        .andExpect(jsonPath("$.progress.eventsPerSecond").value(notNullValue()))
                        .andExpect(jsonPath("$.lag").value(0))
                        .andExpect(jsonPath("$.verification.providers.compared").value(notNullValue()))
                        .andExpect(
                                jsonPath("$.verification.providers.different").value(notNullValue()))
                        .andExpect(
                                jsonPath("$.verification.rows.inquiry.compared").value(notNullValue()))
                        .andExpect(jsonPath("$.verification.largest.sampleSize").value(notNullValue())));
        perform(get("/ops/v1/rebuilds/" + generation + "/differences"))
                .andExpect(jsonPath("$.verifiedAt").value(notNullValue()))
                .andExpect(jsonPath("$.rows[0].layer").value("inquiry"))
                .andExpect(jsonPath("$.providers[0].live.sampleSize").value(notNullValue()));

        perform(post("/ops/v1/rebuilds/" + generation + "/switch"))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("urn:replymeter:problem:differences-not-accepted"))
                .andExpect(jsonPath("$.differences").value(notNullValue()));
        perform(post("/ops/v1/rebuilds/" + generation + "/switch"), "{\"acceptDifferences\":true}")
                .andExpect(jsonPath("$.state").value("ACTIVE"));
        perform(get("/ops/v1/rebuilds/" + live)).andExpect(jsonPath("$.state").value("RETIRED"));
        perform(post("/ops/v1/rebuilds/" + generation + "/rollback"))
                .andExpect(jsonPath("$.state").value("READY"));
        perform(get("/ops/v1/rebuilds/" + live)).andExpect(jsonPath("$.state").value("ACTIVE"));
    }

    @Test
    void thereIsOneRebuildAtATime() throws Exception {
        perform(post("/ops/v1/rebuilds"))
                .andExpect(status().isCreated())
                .andExpect(header().string("Location", endsWith("/ops/v1/rebuilds/" + newest())));

        perform(post("/ops/v1/rebuilds"))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("urn:replymeter:problem:rebuild-in-progress"))
                .andExpect(jsonPath("$.generation").value(newest()));
    }

    private int newest() {
        return api.all().rebuilds().get(0).generation();
    }

    @Test
    void whatCannotBeIsRefusedWithWhatCan() throws Exception {
        perform(get("/ops/v1/rebuilds/999")).andExpect(status().isNotFound());
        perform(post("/ops/v1/rebuilds"), "{\"rules\":{\"windowDays\":0}}")
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors[0].field").value("rules"))
                .andExpect(jsonPath("$.errors[0].reason").value("cannot be used: windowDays is not from 1 to 366"));
        perform(post("/ops/v1/rebuilds"), "{\"throttle\":0}").andExpect(status().isBadRequest());
        perform(patch("/ops/v1/rebuilds/" + ops.active()), "{\"throttle\":-1}").andExpect(status().isBadRequest());
        perform(post("/ops/v1/rebuilds/" + ops.active() + "/cancel"))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.state").value("ACTIVE"))
                .andExpect(jsonPath("$.detail").value(endsWith("possible now: [].")));
        perform(post("/ops/v1/rebuilds/" + ops.active() + "/rollback"))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("urn:replymeter:problem:not-possible-now"));
    }

    @Test
    void theDatabaseFeedsThoseThatAreMeantToBeFed() {
        int generation = ops.active();
        transactions.executeWithoutResult(transaction -> {
            for (RebuildState state : RebuildState.values()) {
                boolean isFed = jdbc.sql("UPDATE rebuild SET state = ? WHERE generation = ? RETURNING fed")
                        .params(state.name(), generation)
                        .query(Boolean.class)
                        .single();
                assertThat(isFed).as(state.name()).isEqualTo(state.isFed());
            }
            transaction.setRollbackOnly();
        });
    }

    @Test
    void theyAreForThoseWithTheScopeAlone() throws Exception {
        http.perform(post("/ops/v1/rebuilds").with(jwt().authorities(new SimpleGrantedAuthority("SCOPE_metrics:read"))))
                .andExpect(status().isForbidden());
    }

    @Test
    void prometheusAndOpenApiKnowOfThem() throws Exception {
        await().untilAsserted(() -> assertThat(meters.get("replymeter.generation.state")
                        .tags("generation", Integer.toString(ops.active()), "state", "ACTIVE")
                        .gauge()
                        .value())
                .isEqualTo(1));
        assertThat(meters.get("replymeter.generation.lag").gauges()).isNotEmpty();
        assertThat(meters.get("replymeter.generation.lag.seconds").gauge().value())
                .isNotNegative();
        http.perform(get("/v3/api-docs"))
                .andExpect(jsonPath("$.paths['/ops/v1/rebuilds'].post").exists())
                .andExpect(jsonPath("$.paths['/ops/v1/rebuilds/{generation}/switch'].post")
                        .exists())
                .andExpect(jsonPath("$.paths['/ops/v1/rebuilds/{generation}'].patch")
                        .exists());
    }

    /** The operator's guide lists the service's own meters. */
    @Test
    void everyMeterIsDocumentedAndNoOther() throws Exception {
        try (TestLog log = new TestLog(topic.name())) {
            log.append("key", "not JSON".getBytes(UTF_8));
            log.append(TestLog.message(
                    UUID.randomUUID(), UUID.randomUUID(), Role.CLIENT, UUID.randomUUID(), Instant.EPOCH));
        }
        ops.startAndAwaitReady();
        String guide = Files.readString(Path.of("..", "docs", "operate.md"));
        String table = guide.substring(guide.indexOf("| meters of metrics-service"));
        Set<String> documented = found("`(replymeter_[a-z_]+)`", table.substring(0, table.indexOf("\n\n")));

        await().untilAsserted(() -> assertThat(found(
                        "# TYPE (replymeter_[a-z_]+?)(?:_max)? ",
                        perform(get("/actuator/prometheus"))
                                .andReturn()
                                .getResponse()
                                .getContentAsString()))
                .isEqualTo(documented));
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(result -> result.group(1))
                .collect(toSet());
    }

    private ResultActions perform(MockHttpServletRequestBuilder request, String body) throws Exception {
        return perform(request.contentType(MediaType.APPLICATION_JSON).content(body));
    }

    private ResultActions perform(MockHttpServletRequestBuilder request) throws Exception {
        return http.perform(request.with(jwt().authorities(new SimpleGrantedAuthority("SCOPE_metrics:ops"))));
    }
}
