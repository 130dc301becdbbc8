package io.replymeter.metrics.oracle;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.replymeter.metrics.oracle.Shown.Days;
import io.replymeter.metrics.oracle.Shown.Inquiries;
import io.replymeter.metrics.oracle.Shown.Inquiry;
import io.replymeter.metrics.oracle.Shown.Integrity;
import io.replymeter.metrics.oracle.Shown.Metrics;
import io.replymeter.metrics.oracle.Shown.MetricsOfSeveral;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import tools.jackson.databind.json.JsonMapper;

/** The REST API, as a service with every scope sees it. */
class MetricsApi {

    /** Small, so that most lists have several pages. */
    private static final String PAGE = "7";

    private static final RequestPostProcessor EVERY_SCOPE = jwt().authorities(
                    new SimpleGrantedAuthority("SCOPE_metrics:read"), new SimpleGrantedAuthority("SCOPE_metrics:ops"));

    private final MockMvc http;
    private final JsonMapper json;

    MetricsApi(MockMvc http, JsonMapper json) {
        this.http = http;
        this.json = json;
    }

    Metrics metrics(UUID provider) {
        return read(get("/api/v1/providers/{id}/response-metrics", provider), Metrics.class);
    }

    List<Metrics> metrics(List<UUID> providers) {
        MockHttpServletRequestBuilder request = get("/api/v1/response-metrics");
        providers.forEach(provider -> request.queryParam("providerId", provider.toString()));
        return read(request, MetricsOfSeveral.class).metrics();
    }

    List<Shown.Day> days(UUID provider) {
        return read(get("/api/v1/providers/{id}/response-metrics/daily", provider), Days.class)
                .days();
    }

    /** All pages of them. */
    List<Inquiry> inquiries(UUID provider) {
        return inquiries(provider, null);
    }

    /** All pages of those with {@code outcome}; of all of them if that is null. */
    List<Inquiry> inquiries(UUID provider, @Nullable Outcome outcome) {
        List<Inquiry> inquiries = new ArrayList<>();
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
