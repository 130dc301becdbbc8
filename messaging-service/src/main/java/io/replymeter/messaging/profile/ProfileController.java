package io.replymeter.messaging.profile;

import io.replymeter.messaging.availability.Availabilities;
import io.replymeter.messaging.availability.AvailabilityText;
import io.replymeter.messaging.profile.Profiles.Profile;
import io.replymeter.messaging.user.UserRole;
import io.replymeter.messaging.web.Caller;
import io.replymeter.messaging.words.Answers;
import io.replymeter.messaging.words.Words;
import io.replymeter.web.InvalidRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ProfileController {

    private final Profiles profiles;
    private final ShownMetrics shownMetrics;
    private final Availabilities availabilities;
    private final Answers answers;

    ProfileController(Profiles profiles, ShownMetrics shownMetrics, Availabilities availabilities, Answers answers) {
        this.profiles = profiles;
        this.shownMetrics = shownMetrics;
        this.availabilities = availabilities;
        this.answers = answers;
    }

    record ProviderProfile(
            UUID providerId,
            String displayName,
            @Nullable String bio,

            @Schema(description = "When the provider answers.")
            AvailabilityText availability,

            @Schema(description = "The numbers in words, or why there are none.")
            ResponseMetricsText responseMetrics) {}

    record ClientProfile(
            UUID clientId, String displayName, @Nullable String bio) {}

    record OwnProfile(
            UUID id,
            UserRole role,
            String displayName,
            @Nullable String bio,

            @Schema(description = "Whether others see the response metrics; null unless the user is a provider.")
            @Nullable Boolean showResponseMetrics) {

        static OwnProfile of(Profile profile) {
            Boolean show = profile.role() == UserRole.PROVIDER ? profile.showResponseMetrics() : null;
            return new OwnProfile(profile.id(), profile.role(), profile.displayName(), profile.bio(), show);
        }
    }

    record Changes(
            @Schema(description = "Up to 2,000 characters; empty to remove it; unchanged when absent.")
            @Pattern(
                    regexp = "^[\\P{Cc}\\n]{0,2000}$",
                    message = "must be at most 2,000 characters, without control characters other than new lines")
            @Nullable String bio,

            @Schema(description = "Providers only. False: everybody else sees no data. Unchanged when absent.")
            @Nullable Boolean showResponseMetrics) {

        @Nullable String strippedBio() {
            return bio == null ? null : bio.strip();
        }
    }

    @GetMapping("/api/v1/providers/{id}/profile")
    @Operation(
            summary = "A provider's profile, with the response metrics in words",
            description =
                    "For any user. While the metrics cannot be read, the last known ones are served with their age,"
                            + " or a note that there are none at the moment. In the language of Accept-Language.")
    @ApiResponse(responseCode = "200", description = "The profile")
    @ApiResponse(responseCode = "304", description = "It still says what If-None-Match names")
    @ApiResponse(responseCode = "404", description = "No provider has this id")
    ResponseEntity<ProviderProfile> provider(@PathVariable UUID id, Caller caller, Words words) {
        Profile provider = profile(id, UserRole.PROVIDER);
        boolean themselves = id.toString().equalsIgnoreCase(caller.subject());
        ResponseMetricsText metrics =
                themselves ? shownMetrics.toThemselves(provider, words).text() : shownMetrics.toOthers(provider, words);
        AvailabilityText availability = availabilities.inWords(id, Instant.now(), words);
        return answers.in(
                words, new ProviderProfile(id, provider.displayName(), provider.bio(), availability, metrics));
    }

    @GetMapping("/api/v1/clients/{id}/profile")
    @Operation(summary = "A client's profile", description = "For any user. Clients have no response metrics.")
    @ApiResponse(responseCode = "200", description = "The profile")
    @ApiResponse(responseCode = "404", description = "No client has this id")
    ClientProfile client(@PathVariable UUID id) {
        Profile client = profile(id, UserRole.CLIENT);
        return new ClientProfile(id, client.displayName(), client.bio());
    }

    @GetMapping("/api/v1/me/profile")
    @Operation(summary = "One's own profile", description = "Who one is: name, role, and what others see.")
    @ApiResponse(responseCode = "200", description = "The profile")
    @ApiResponse(responseCode = "404", description = "Nobody was added with the token's subject")
    OwnProfile own(Caller caller) {
        return profiles.find(caller.userId()).map(OwnProfile::of).orElseThrow(ProfileProblems::noUser);
    }

    @PatchMapping("/api/v1/me/profile")
    @Operation(summary = "Change one's own profile", description = "What is absent stays as it is.")
    @ApiResponse(responseCode = "200", description = "The profile as it is now")
    OwnProfile change(@Valid @RequestBody Changes changes, Caller caller) {
        Profile mine = profiles.find(caller.userId()).orElseThrow(ProfileProblems::noUser);
        if (changes.showResponseMetrics() != null && mine.role() != UserRole.PROVIDER) {
            throw new InvalidRequest("showResponseMetrics", "is for providers: others have no response metrics");
        }
        return profiles.update(mine.id(), changes.strippedBio(), changes.showResponseMetrics())
                .map(OwnProfile::of)
                .orElseThrow(ProfileProblems::noUser);
    }

    private Profile profile(UUID id, UserRole role) {
        return profiles.find(id)
                .filter(profile -> profile.role() == role)
                .orElseThrow(() -> ProfileProblems.nobodyWith(role));
    }
}
