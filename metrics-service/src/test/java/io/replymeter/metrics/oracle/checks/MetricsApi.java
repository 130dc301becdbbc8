package io.replymeter.metrics.oracle.checks;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.replymeter.metrics.oracle.Measurement;
import io.replymeter.metrics.oracle.Outcome;
import io.replymeter.metrics.oracle.checks.MeasurementTest.TestClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import tools.jackson.databind.json.JsonMapper;

/** What the service has measured: its REST API, asked with every scope at the time in question. */
class MetricsApi implements Measurement {

    /** Small, so that most lists have several pages. */
    private static final String PAGE = "7";

    private static final RequestPostProcessor EVERY_SCOPE = jwt().authorities(
                    new SimpleGrantedAuthority("SCOPE_metrics:read"), new SimpleGrantedAuthority("SCOPE_metrics:ops"));

    private final MockMvc http;
    private final JsonMapper json;
    private final TestClock clock;

    /** @param inquiries how many the facts derive */
    record Integrity(long inquiries, long differences, List<Object> shown) {}

    private record MetricsOfSeveral(List<Metrics> metrics) {}

    private record Days(List<Day> days) {}

    private record Inquiries(
            List<ProviderInquiry> inquiries, @Nullable String nextCursor) {}

    MetricsApi(MockMvc http, JsonMapper json, TestClock clock) {
        this.http = http;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public Metrics metrics(UUID provider, Instant now) {
        clock.set(now);
        return read(get("/api/v1/providers/{id}/response-metrics", provider), Metrics.class);
    }

    @Override
    public List<Metrics> metrics(List<UUID> providers, Instant now) {
        clock.set(now);
        MockHttpServletRequestBuilder request = get("/api/v1/response-metrics");
        providers.forEach(provider -> request.queryParam("providerId", provider.toString()));
        return read(request, MetricsOfSeveral.class).metrics();
    }

    @Override
    public List<Day> days(UUID provider, Instant now) {
        clock.set(now);
        return read(get("/api/v1/providers/{id}/response-metrics/daily", provider), Days.class)
                .days();
    }

    @Override
    public List<ProviderInquiry> inquiries(UUID provider, @Nullable Outcome outcome, Instant now) {
        clock.set(now);
        List<ProviderInquiry> inquiries = new ArrayList<>();
        String cursor = null;
        do {
            Inquiries page = page(provider, outcome, cursor);
            inquiries.addAll(page.inquiries());
            cursor = page.nextCursor();
        } while (cursor != null);
        return inquiries;
    }

    /** What the service itself finds wrong with its tables. */
    Integrity integrity() {
        return read(get("/ops/v1/integrity"), Integrity.class);
    }

    private Inquiries page(UUID provider, @Nullable Outcome outcome, @Nullable String cursor) {
        MockHttpServletRequestBuilder request =
                get("/api/v1/providers/{id}/inquiries", provider).queryParam("limit", PAGE);
        if (outcome != null) {
            request.queryParam("outcome", outcome.name());
        }
        if (cursor != null) {
            request.queryParam("cursor", cursor);
        }
        return read(request, Inquiries.class);
    }

    // MockMvc declares Exception.
    @SuppressWarnings("CatchingUnchecked")
    private <T> T read(MockHttpServletRequestBuilder request, Class<T> type) {
        try {
            return json.readValue(
                    http.perform(request.with(EVERY_SCOPE))
                            .andExpect(status().isOk())
                            .andReturn()
                            .getResponse()
                            .getContentAsByteArray(),
                    type);
        } catch (Exception e) {
            throw new AssertionError("The API did not answer", e);
        }
    }
}
