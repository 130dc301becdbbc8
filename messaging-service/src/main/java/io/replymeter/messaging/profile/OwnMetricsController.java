package io.replymeter.messaging.profile;

import io.replymeter.messaging.profile.InquiryPage.Outcome;
import io.replymeter.messaging.profile.Profiles.Profile;
import io.replymeter.messaging.user.UserRole;
import io.replymeter.messaging.web.Caller;
import io.replymeter.messaging.web.InvalidRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/me/response-metrics")
class OwnMetricsController {

    private static final int LARGEST_PAGE = 100;

    private final Profiles profiles;
    private final ShownMetrics shownMetrics;
    private final MetricsClient metrics;

    OwnMetricsController(Profiles profiles, ShownMetrics shownMetrics, MetricsClient metrics) {
        this.profiles = profiles;
        this.shownMetrics = shownMetrics;
        this.metrics = metrics;
    }

    record OwnMetrics(
            UUID providerId,

            @Schema(description = "Whether others see the metrics.")
            boolean showResponseMetrics,

            @Schema(description = "What the profile says, or would say if the metrics were shown.")
            ResponseMetricsText responseMetrics,

            @Schema(description = "What the words are made of; null if it could not be read just now.") @Nullable ResponseMetrics numbers) {}

    @GetMapping
    @Operation(summary = "One's own response metrics, in words and numbers", description = "For providers.")
    @ApiResponse(responseCode = "200", description = "The metrics, also while others do not see them")
    @ApiResponse(responseCode = "403", description = "The caller is no provider")
    OwnMetrics own(Caller caller) {
        Profile provider = provider(caller);
        ShownMetrics.View view = shownMetrics.toThemselves(provider);
        return new OwnMetrics(provider.id(), provider.showResponseMetrics(), view.text(), view.numbers());
    }

    @GetMapping("/inquiries")
    @Operation(
            summary = "The inquiries that made one's own numbers",
            description = "For providers. Newest first, each with its conversation, outcome and times.")
    @ApiResponse(responseCode = "200", description = "A page of inquiries")
    @ApiResponse(responseCode = "400", description = "The limit, outcome or cursor is not valid")
    @ApiResponse(responseCode = "403", description = "The caller is no provider")
    @ApiResponse(responseCode = "503", description = "The inquiries could not be read just now")
    InquiryPage inquiries(
            @Parameter(description = "Only inquiries with this outcome.") @RequestParam(required = false) @Nullable Outcome outcome,
            @Parameter(description = "The nextCursor of the page before.") @RequestParam(required = false) @Nullable String cursor,
            @Parameter(description = "1 to 100.") @RequestParam(defaultValue = "50") int limit,
            Caller caller) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new InvalidRequest("limit", "must be 1 to " + LARGEST_PAGE);
        }
        UUID providerId = provider(caller).id();
        return metrics.inquiries(providerId, outcome, cursor, limit).orElseThrow(MetricsUnavailable::new);
    }

    private Profile provider(Caller caller) {
        return profiles.find(caller.userId())
                .filter(profile -> profile.role() == UserRole.PROVIDER)
                .orElseThrow(NotAProvider::new);
    }
}
