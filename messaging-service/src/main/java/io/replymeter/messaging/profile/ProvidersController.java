package io.replymeter.messaging.profile;

import io.replymeter.messaging.availability.Availabilities;
import io.replymeter.messaging.availability.AvailabilityText;
import io.replymeter.messaging.profile.ProfileController.ProviderProfile;
import io.replymeter.messaging.profile.Profiles.Profile;
import io.replymeter.messaging.profile.Profiles.Ranked;
import io.replymeter.messaging.words.Answers;
import io.replymeter.messaging.words.Words;
import io.replymeter.web.Cursor;
import io.replymeter.web.PageLimit;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ProvidersController {

    private static final String LIST = "providers";
    private static final UUID FIRST_ID = new UUID(0, 0);

    private final Profiles profiles;
    private final ShownMetrics shownMetrics;
    private final Availabilities availabilities;
    private final Answers answers;

    ProvidersController(Profiles profiles, ShownMetrics shownMetrics, Availabilities availabilities, Answers answers) {
        this.profiles = profiles;
        this.shownMetrics = shownMetrics;
        this.availabilities = availabilities;
        this.answers = answers;
    }

    record ProviderPage(
            List<ProviderProfile> providers,

            @Schema(description = "The cursor of the next page; null on the last one.") @Nullable String nextCursor) {}

    @GetMapping("/api/v1/providers")
    @Operation(
            summary = "Providers, those who answer best first",
            description =
                    "For any user. By response rate, then by typical response time; last those with too little data and"
                            + " those who hide it. With the last known numbers, which follow a response within seconds and time"
                            + " alone within an hour; a provider's profile has the present ones.")
    @ApiResponse(responseCode = "200", description = "A page of providers")
    @ApiResponse(responseCode = "304", description = "It still says what If-None-Match names")
    @ApiResponse(responseCode = "400", description = "The limit or cursor is not valid")
    ResponseEntity<ProviderPage> providers(
            @Parameter(description = "The nextCursor of the page before.") @RequestParam(required = false) @Nullable String cursor,
            @Parameter(description = "1 to 100.") @RequestParam(defaultValue = "50") @PageLimit int limit,
            Words words) {
        List<Ranked> found = after(cursor, limit + 1);
        List<Ranked> page = found.subList(0, Math.min(found.size(), limit));
        return answers.in(words, new ProviderPage(texts(page, words), found.size() > limit ? next(page) : null));
    }

    private List<ProviderProfile> texts(List<Ranked> page, Words words) {
        List<Profile> providers = page.stream().map(Ranked::profile).toList();
        Map<UUID, AvailabilityText> availability =
                availabilities.inWords(providers.stream().map(Profile::id).toList(), Instant.now(), words);
        return providers.stream()
                .map(provider -> new ProviderProfile(
                        provider.id(),
                        provider.displayName(),
                        provider.bio(),
                        availability.getOrDefault(provider.id(), AvailabilityText.NONE),
                        shownMetrics.lastKnownToOthers(provider, words)))
                .toList();
    }

    /** A place in this list is a number, which the cursor carries as microseconds. */
    private List<Ranked> after(@Nullable String cursor, int limit) {
        if (cursor == null) {
            return profiles.providers(-1, FIRST_ID, limit);
        }
        Cursor place = Cursor.read(LIST, 1, cursor);
        long slowness = ChronoUnit.MICROS.between(Instant.EPOCH, place.at());
        return profiles.providers((int) slowness, place.ids().get(0), limit);
    }

    private static String next(List<Ranked> page) {
        Ranked last = page.get(page.size() - 1);
        Instant place = Instant.EPOCH.plus(last.slowness(), ChronoUnit.MICROS);
        return new Cursor(place, last.profile().id()).write(LIST);
    }
}
