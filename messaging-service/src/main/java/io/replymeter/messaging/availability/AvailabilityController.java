package io.replymeter.messaging.availability;

import io.replymeter.messaging.web.Caller;
import io.replymeter.messaging.words.Answers;
import io.replymeter.messaging.words.Words;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/me/availability")
@Tag(name = "Availability")
class AvailabilityController {

    private final AvailabilityService service;
    private final Answers answers;

    AvailabilityController(AvailabilityService service, Answers answers) {
        this.service = service;
        this.answers = answers;
    }

    record OwnAvailability(
            @Schema(description = "Null if none was ever given") @Nullable String timeZone,

            @Schema(description = "Empty if always open") List<OpeningHours> weeklyHours,

            @Schema(description = "Those of the past year, which count for its limit, and those to come")
            List<Absence> absences,

            @Schema(description = "What the profile says to clients")
            AvailabilityText inWords,

            @Schema(description = "What keeps it from counting, and what to do; null if nothing does") @Nullable String warning) {

        private static final OwnAvailability NONE =
                new OwnAvailability(null, List.of(), List.of(), AvailabilityText.NONE, null);

        static OwnAvailability of(Availability availability, Instant now, Words words) {
            return new OwnAvailability(
                    availability.timeZone(),
                    availability.weeklyHours(),
                    availability.absences(),
                    AvailabilityText.of(availability, now, words),
                    Availability.isKnown(availability.timeZone())
                            ? null
                            : "The time zone is not known any more: your opening hours do not count, and absences are"
                                    + " days in UTC. Send your availability with another time zone.");
        }
    }

    @GetMapping
    @Operation(summary = "One's own opening hours and absences", description = "For providers.")
    @ApiResponse(responseCode = "200", description = "The availability as it is now")
    @ApiResponse(responseCode = "403", description = "The caller is not a provider")
    ResponseEntity<OwnAvailability> own(Caller caller, Words words) {
        OwnAvailability own = service.of(caller.userId())
                .map(availability -> OwnAvailability.of(availability, Instant.now(), words))
                .orElse(OwnAvailability.NONE);
        return answers.in(words, own);
    }

    @PutMapping
    @Operation(
            summary = "Replace one's own opening hours and absences",
            description =
                    "For providers. From then on, a client's message waits for an answer only from the next opening"
                            + " on, 14 days later at most; messages accepted before keep their clock. An absence that has begun"
                            + " and is left out ends today.")
    @ApiResponse(responseCode = "200", description = "The availability as it is now")
    @ApiResponse(responseCode = "400", description = "Something is missing or out of range; nothing was changed")
    @ApiResponse(responseCode = "403", description = "The caller is not a provider")
    ResponseEntity<OwnAvailability> replace(Caller caller, @Valid @RequestBody Availability availability, Words words) {
        Instant now = Instant.now();
        return answers.in(words, OwnAvailability.of(service.replace(caller.userId(), availability, now), now, words));
    }
}
