package io.replymeter.messaging.profile;

import io.replymeter.messaging.profile.Profiles.Profile;
import io.replymeter.messaging.user.UserRole;
import io.replymeter.messaging.web.Caller;
import io.replymeter.messaging.web.InvalidRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ProfileController {

    private static final int MAXIMUM_BIO_LENGTH = 2_000;

    private final Profiles profiles;
    private final ShownMetrics shownMetrics;

    ProfileController(Profiles profiles, ShownMetrics shownMetrics) {
        this.profiles = profiles;
        this.shownMetrics = shownMetrics;
    }

    record ProviderProfile(
            UUID providerId,
            String displayName,
            @Nullable String bio,

            @Schema(description = "Numbers in words, or why there are none.")
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
            @Schema(description = "Up to 2,000 characters; empty to remove it; unchanged when absent.") @Nullable String bio,

            @Schema(
                    description = "Providers only. False: to everybody else it looks as if there were no data."
                            + " Unchanged when absent.")
            @Nullable Boolean showResponseMetrics) {}

    @GetMapping("/api/v1/providers/{id}/profile")
    @Operation(
            summary = "A provider's profile, with the response metrics in words",
            description = "For any user. Never fails because metrics do: then the last known ones are served with their"
                    + " age, or a word that there are none for the moment.")
    @ApiResponse(responseCode = "200", description = "The profile")
    @ApiResponse(responseCode = "404", description = "No provider has this id")
    ProviderProfile provider(@PathVariable UUID id, Caller caller) {
        Profile provider = profile(id, UserRole.PROVIDER);
        boolean themselves = id.toString().equalsIgnoreCase(caller.subject());
        ResponseMetricsText metrics =
                themselves ? shownMetrics.toThemselves(provider).text() : shownMetrics.toOthers(provider);
        return new ProviderProfile(id, provider.displayName(), provider.bio(), metrics);
    }

    @GetMapping("/api/v1/clients/{id}/profile")
    @Operation(summary = "A client's profile", description = "For any user. Clients have no response metrics.")
    @ApiResponse(responseCode = "200", description = "The profile")
    @ApiResponse(responseCode = "404", description = "No client has this id")
    ClientProfile client(@PathVariable UUID id) {
        Profile client = profile(id, UserRole.CLIENT);
        return new ClientProfile(id, client.displayName(), client.bio());
    }

    @PatchMapping("/api/v1/me/profile")
    @Operation(summary = "Change one's own profile", description = "What is absent stays as it is.")
    @ApiResponse(responseCode = "200", description = "The profile as it is now")
    OwnProfile change(@RequestBody Changes changes, Caller caller) {
        Profile mine = profiles.find(caller.userId()).orElseThrow(() -> new ProfileNotFound("user"));
        if (changes.showResponseMetrics() != null && mine.role() != UserRole.PROVIDER) {
            throw new InvalidRequest("showResponseMetrics", "is for providers: others have no response metrics");
        }
        return profiles.update(mine.id(), checked(changes.bio()), changes.showResponseMetrics())
                .map(OwnProfile::of)
                .orElseThrow(() -> new ProfileNotFound("user"));
    }

    private Profile profile(UUID id, UserRole role) {
        return profiles.find(id)
                .filter(profile -> profile.role() == role)
                .orElseThrow(() -> new ProfileNotFound(role.name().toLowerCase(Locale.ROOT)));
    }

    private static @Nullable String checked(@Nullable String bio) {
        if (bio == null) {
            return null;
        }
        if (bio.length() > MAXIMUM_BIO_LENGTH || bio.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
            throw new InvalidRequest(
                    "bio", "must be at most 2,000 characters, without control characters but new lines");
        }
        return bio.strip();
    }
}
