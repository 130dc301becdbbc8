package io.replymeter.metrics.client;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/**
 * The metrics API of metrics-service. Every call needs a token of the scope {@code metrics:read}, which is for the {@link
 * RestClient} to send, and throws a {@link RestClientException} if there is no answer or it is a problem document. An unknown
 * provider has no inquiries. Thread-safe.
 */
@HttpExchange("/api/v1")
public interface MetricsApi {

    /** As many providers as one call may ask about. */
    int MOST_PROVIDERS = 100;

    /** @param http knows the address of metrics-service, sends the token, and bounds how long a call may take */
    static MetricsApi of(RestClient http) {
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(http))
                .build()
                .createClient(MetricsApi.class);
    }

    /** @param within up to 5 times for which the share of responses within is told */
    @GetExchange("/providers/{providerId}/response-metrics")
    ResponseMetrics metrics(@PathVariable UUID providerId, @RequestParam(required = false) Duration... within);

    /**
     * The metrics of up to {@link #MOST_PROVIDERS} providers, in their order.
     *
     * @param within as for one provider
     */
    @GetExchange("/response-metrics")
    ResponseMetrics.Several metrics(
            @RequestParam("providerId") List<UUID> providerIds, @RequestParam(required = false) Duration... within);

    /** Each UTC day of the provider's window, oldest first. */
    @GetExchange("/providers/{providerId}/response-metrics/daily")
    DailyMetrics daily(@PathVariable UUID providerId);

    /** How long the provider's responses took. */
    @GetExchange("/providers/{providerId}/response-metrics/distribution")
    Distribution distribution(@PathVariable UUID providerId);

    /**
     * The provider's inquiries in the window, newest first.
     *
     * @param limit at most so many, 1 to 200
     * @param outcome null for all
     * @param cursor the {@link InquiryPage#nextCursor} of the page before, null for the first page
     */
    @GetExchange("/providers/{providerId}/inquiries")
    InquiryPage inquiries(
            @PathVariable UUID providerId,
            @RequestParam int limit,
            @RequestParam(required = false) @Nullable Outcome outcome,
            @RequestParam(required = false) @Nullable String cursor);
}
