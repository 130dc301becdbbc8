package io.replymeter.metrics.provider;

import io.replymeter.measurement.Outcome;
import io.replymeter.metrics.provider.ProviderMetricsQuery.Day;
import io.replymeter.metrics.provider.ProviderMetricsQuery.ProviderInquiry;
import io.replymeter.web.Cursor;
import io.replymeter.web.EntityTags;
import io.replymeter.web.InvalidRequest;
import io.replymeter.web.PageLimit;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The metrics as numbers, for services (scope {@code metrics:read}); words are the caller's business. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Response metrics")
class ProviderMetricsController {

    private static final int MOST_PROVIDERS = 100;
    private static final int MOST_INQUIRIES = 200;
    private static final int MOST_WITHIN = 5;
    private static final int CURSOR_IDS = 3;

    private final ProviderMetricsQuery metrics;
    private final EntityTags tags;

    ProviderMetricsController(ProviderMetricsQuery metrics, EntityTags tags) {
        this.metrics = metrics;
        this.tags = tags;
    }

    @Operation(
            summary = "One provider's response metrics",
            description =
                    "This service knows no users: an unknown provider has INSUFFICIENT_DATA and a sample of 0. Ask for"
                            + " the share of responses within up to 5 times by within=PT1H.")
    @GetMapping("/providers/{providerId}/response-metrics")
    @ApiResponse(responseCode = "200", description = "The metrics as of now")
    @ApiResponse(responseCode = "304", description = "They still say what If-None-Match names")
    ResponseEntity<ProviderMetrics> one(
            @PathVariable UUID providerId,
            @Size(max = MOST_WITHIN, message = "must be at most {max} times") @RequestParam(defaultValue = "")
                    List<Duration> within) {
        ProviderMetrics one =
                metrics.metrics(List.of(providerId), checked(within)).get(0);
        return tags.tagged(one, new HttpHeaders());
    }

    private static List<Duration> checked(List<Duration> within) {
        if (within.stream().anyMatch(Duration::isNegative)) {
            throw new InvalidRequest("within", "must not be negative");
        }
        return within;
    }

    record Many(List<ProviderMetrics> metrics) {}

    @Operation(summary = "The response metrics of up to 100 providers, in the order asked")
    @GetMapping("/response-metrics")
    Many many(
            @Size(max = MOST_PROVIDERS, message = "must be at most {max} providers: send several requests") @RequestParam("providerId")
                    List<UUID> providerIds,
            @Size(max = MOST_WITHIN, message = "must be at most {max} times") @RequestParam(defaultValue = "")
                    List<Duration> within) {
        return new Many(metrics.metrics(providerIds, checked(within)));
    }

    record Daily(UUID providerId, List<Day> days) {}

    @Operation(summary = "A provider's counts of each UTC day of the window, oldest first")
    @GetMapping("/providers/{providerId}/response-metrics/daily")
    Daily daily(@PathVariable UUID providerId) {
        return new Daily(providerId, metrics.daily(providerId));
    }

    @Operation(
            summary = "How long a provider's responses took",
            description = "In ranges that double; answerWithin is the end of one.")
    @GetMapping("/providers/{providerId}/response-metrics/distribution")
    Distribution distribution(@PathVariable UUID providerId) {
        return metrics.distribution(providerId);
    }

    /** @param nextCursor null on the last page */
    record Inquiries(
            List<ProviderInquiry> inquiries, @Nullable String nextCursor) {}

    @Operation(
            summary = "The inquiries that make a provider's numbers, newest first",
            description = "Each with its outcome as of now. Follow nextCursor until it is null.")
    @GetMapping("/providers/{providerId}/inquiries")
    Inquiries inquiries(
            @PathVariable UUID providerId,
            @RequestParam(required = false) @Nullable Outcome outcome,
            @RequestParam(required = false) @Nullable String cursor,
            @PageLimit(max = MOST_INQUIRIES) @RequestParam(defaultValue = "50") int limit) {
        String list = "inquiries of " + providerId;
        List<ProviderInquiry> found =
                metrics.inquiries(providerId, outcome, Cursor.read(list, CURSOR_IDS, cursor), limit + 1);
        if (found.size() <= limit) {
            return new Inquiries(found, null);
        }
        ProviderInquiry last = found.get(limit - 1);
        Cursor next = new Cursor(last.openedAt(), last.conversationId(), last.initialMessageId(), last.clientId());
        return new Inquiries(found.subList(0, limit), next.write(list));
    }
}
