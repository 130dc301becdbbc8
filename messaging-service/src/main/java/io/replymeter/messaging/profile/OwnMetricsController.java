package io.replymeter.messaging.profile;

import io.replymeter.messaging.profile.OwnHistory.OwnDays;
import io.replymeter.messaging.profile.OwnHistory.OwnDistribution;
import io.replymeter.messaging.profile.Profiles.Profile;
import io.replymeter.messaging.user.User;
import io.replymeter.messaging.user.UserRole;
import io.replymeter.messaging.user.Users;
import io.replymeter.messaging.web.Caller;
import io.replymeter.messaging.words.Answers;
import io.replymeter.messaging.words.Words;
import io.replymeter.metrics.client.InquiryPage;
import io.replymeter.metrics.client.InquiryPage.Inquiry;
import io.replymeter.metrics.client.Outcome;
import io.replymeter.metrics.client.ResponseMetrics;
import io.replymeter.web.PageLimit;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/me/response-metrics")
class OwnMetricsController {

    private final Profiles profiles;
    private final ShownMetrics shownMetrics;
    private final MetricsClient metrics;
    private final Users users;
    private final Answers answers;

    OwnMetricsController(
            Profiles profiles, ShownMetrics shownMetrics, MetricsClient metrics, Users users, Answers answers) {
        this.profiles = profiles;
        this.shownMetrics = shownMetrics;
        this.metrics = metrics;
        this.users = users;
        this.answers = answers;
    }

    record OwnMetrics(
            UUID providerId,

            @Schema(description = "Whether others see the metrics.")
            boolean showResponseMetrics,

            @Schema(description = "What the profile says, or would say if the metrics were shown.")
            ResponseMetricsText responseMetrics,

            @Schema(description = "The numbers behind the words; null if they could not be read just now.") @Nullable ResponseMetrics numbers) {}

    @GetMapping
    @Operation(summary = "One's own response metrics, in words and numbers", description = "For providers.")
    @ApiResponse(responseCode = "200", description = "The metrics, also while they are hidden from others")
    @ApiResponse(responseCode = "403", description = "The caller is not a provider")
    @ApiResponse(responseCode = "304", description = "They still say what If-None-Match names")
    ResponseEntity<OwnMetrics> own(Caller caller, Words words) {
        Profile provider = provider(caller);
        ShownMetrics.View view = shownMetrics.toThemselves(provider, words);
        return answers.in(
                words, new OwnMetrics(provider.id(), provider.showResponseMetrics(), view.text(), view.numbers()));
    }

    @GetMapping("/inquiries")
    @Operation(
            summary = "The inquiries behind one's own numbers",
            description =
                    "For providers. Newest first, each with its conversation, outcome and times, and why it counts so.")
    @ApiResponse(responseCode = "200", description = "A page of inquiries")
    @ApiResponse(responseCode = "400", description = "The limit, outcome or cursor is not valid")
    @ApiResponse(responseCode = "403", description = "The caller is not a provider")
    @ApiResponse(responseCode = "503", description = "The inquiries could not be read just now")
    ResponseEntity<OwnInquiries> inquiries(
            @Parameter(description = "Only inquiries with this outcome.") @RequestParam(required = false) @Nullable Outcome outcome,
            @Parameter(description = "The nextCursor of the page before.") @RequestParam(required = false) @Nullable String cursor,
            @Parameter(description = "1 to 100.") @RequestParam(defaultValue = "50") @PageLimit int limit,
            Caller caller,
            Words words) {
        InquiryPage page = metrics.inquiries(provider(caller).id(), outcome, cursor, limit)
                .orElseThrow(ProfileProblems::metricsUnavailable);
        return answers.in(words, OwnInquiries.of(page, names(page), words));
    }

    private Map<UUID, String> names(InquiryPage page) {
        Set<UUID> clients = page.inquiries().stream().map(Inquiry::clientId).collect(Collectors.toSet());
        return users.findAllById(clients).stream().collect(Collectors.toMap(User::id, User::displayName));
    }

    @GetMapping("/daily")
    @Operation(summary = "One's own numbers of each day", description = "For providers. UTC days, oldest first.")
    @ApiResponse(responseCode = "200", description = "The days of the window")
    @ApiResponse(responseCode = "304", description = "They still say what If-None-Match names")
    @ApiResponse(responseCode = "403", description = "The caller is not a provider")
    @ApiResponse(responseCode = "503", description = "The days could not be read just now")
    ResponseEntity<OwnDays> daily(Caller caller, Words words) {
        return answers.in(
                words,
                metrics.daily(provider(caller).id())
                        .map(days -> OwnDays.of(days, words))
                        .orElseThrow(ProfileProblems::metricsUnavailable));
    }

    @GetMapping("/distribution")
    @Operation(
            summary = "How long one's own responses took",
            description = "For providers. In ranges that double, as for a logarithmic axis.")
    @ApiResponse(responseCode = "200", description = "The responses of the window")
    @ApiResponse(responseCode = "304", description = "They still say what If-None-Match names")
    @ApiResponse(responseCode = "403", description = "The caller is not a provider")
    @ApiResponse(responseCode = "503", description = "The responses could not be read just now")
    ResponseEntity<OwnDistribution> distribution(Caller caller, Words words) {
        return answers.in(
                words,
                metrics.distribution(provider(caller).id())
                        .map(distribution -> OwnDistribution.of(distribution, words))
                        .orElseThrow(ProfileProblems::metricsUnavailable));
    }

    private Profile provider(Caller caller) {
        return profiles.find(caller.userId())
                .filter(profile -> profile.role() == UserRole.PROVIDER)
                .orElseThrow(ProfileProblems::notAProvider);
    }
}
