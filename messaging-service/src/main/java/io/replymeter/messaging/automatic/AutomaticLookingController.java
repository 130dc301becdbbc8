package io.replymeter.messaging.automatic;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.replymeter.logging.ErrorLog;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells operators, once as it begins and whenever they ask, which providers look automatic. It decides nothing. */
@RestController
@Tag(name = "Operations")
class AutomaticLookingController {

    private static final Logger log = LoggerFactory.getLogger(AutomaticLookingController.class);
    private static final ErrorLog errors = new ErrorLog(log);

    private final QuickAnswers answers;
    private final SteadyMessages steadyMessages;
    private final Counter warnings;
    private Set<UUID> told = Set.of();

    AutomaticLookingController(QuickAnswers answers, SteadyMessages steadyMessages, MeterRegistry meters) {
        this.answers = answers;
        this.steadyMessages = steadyMessages;
        this.warnings = Counter.builder("replymeter.automatic.looking.providers")
                .description("Providers who began to look automatic")
                .register(meters);
    }

    record AutomaticLooking(String meaning, List<Suspect> providers) {}

    @GetMapping("/ops/v1/automatic-looking-providers")
    @Operation(
            summary = "Providers who look automatic",
            description =
                    "Scope metrics:ops. Those who answered in more than 20 conversations within the last hour, each in"
                            + " under 5 seconds after the client's latest message, by messages of kind HUMAN (quickAnswers);"
                            + " and those who wrote in one conversation 10 times or more in a row, each time 20 to 24 hours after"
                            + " the time before, so that no question opened an inquiry (steadyMessages). The messages count.")
    @ApiResponse(responseCode = "200", description = "At most 1,000 providers for each reason")
    AutomaticLooking list() {
        return new AutomaticLooking("looks automatic, is counted as human", suspects());
    }

    private List<Suspect> suspects() {
        Map<UUID, Suspect> byId = new TreeMap<>();
        Stream.of(answers.suspects(), steadyMessages.suspects())
                .flatMap(List::stream)
                .forEach(suspect -> byId.merge(suspect.providerId(), suspect, Suspect::and));
        return List.copyOf(byId.values());
    }

    @Scheduled(fixedDelayString = "${replymeter.automatic.interval:1m}")
    void watch() {
        try {
            answers.forget();
            steadyMessages.forget();
            tell(suspects());
        } catch (RuntimeException e) {
            errors.report("Whose answers look automatic could not be read; the next attempt tells", e);
        }
    }

    private void tell(List<Suspect> suspects) {
        for (Suspect suspect : suspects) {
            if (!told.contains(suspect.providerId())) {
                warnings.increment();
                log.warn(
                        "Provider {} looks automatic, is counted as human: {} answers within seconds in the last hour,"
                                + " {} messages in a row just under a day apart. If a program writes them, have it send"
                                + " them as AUTO_REPLY",
                        suspect.providerId(),
                        suspect.quickAnswers(),
                        suspect.steadyMessages());
            }
        }
        told = suspects.stream().map(Suspect::providerId).collect(Collectors.toSet());
    }
}
