package io.replymeter.local;

import io.replymeter.local.api.RebuildsApi;
import io.replymeter.local.rebuild.Rebuild;
import io.replymeter.local.rebuild.RulesOptions;
import io.replymeter.local.rebuild.Watch;
import io.replymeter.local.stack.CannotContinue;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Rebuilds the metrics from the topic beside the live ones, and switches to them. */
@Command(
        name = "rebuild",
        description =
                "Replays the topic into a new generation of the metrics, compares it with the live one, and switches.",
        footer = {
            "",
            "Without GENERATION a command is about the newest rebuild that has not ended.",
            "Exit codes of status and watch: 0 ready without differences, or live; 3 ready with differences;",
            "4 failed or cancelled; 5 paused; 6 under way. Of all commands: 1 refused or no answer; 2 wrong usage."
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class RebuildCommand {

    private static final String GENERATION = "GENERATION";

    @Command(description = "starts a rebuild", mixinStandardHelpOptions = true)
    int start(
            @Mixin OpsOptions ops,
            @Mixin RulesOptions rules,
            @Option(names = "--throttle", paramLabel = "N", description = "at most N events/s over all instances")
                    @Nullable Integer throttle,
            @Option(
                            names = "--accept-truncated-history",
                            description = "starts although the topic no longer holds all events that are needed")
                    boolean acceptTruncatedHistory,
            @Option(names = "--watch", description = "follows the rebuild") boolean watch) {
        Map<String, Object> request = new TreeMap<>();
        if (!rules.given().isEmpty()) {
            request.put("rules", rules.given());
        }
        if (throttle != null) {
            request.put("throttle", throttle);
        }
        request.put("acceptTruncatedHistory", acceptTruncatedHistory);
        Rebuild started = new Rebuild(ops.api().start(request));
        if (watch) {
            return watch(ops, started.generation());
        }
        ops.print(started);
        return 0;
    }

    @Command(description = "shows how far a rebuild has come", mixinStandardHelpOptions = true)
    int status(@Mixin OpsOptions ops, @Parameters(paramLabel = GENERATION, arity = "0..1") @Nullable Integer number) {
        return ops.print(new Rebuild(ops.api().get(ops.generation(number))));
    }

    @Command(
            description = "follows a rebuild until it is ready, paused or ended; the rebuild does not depend on it",
            mixinStandardHelpOptions = true)
    int watch(@Mixin OpsOptions ops, @Parameters(paramLabel = GENERATION, arity = "0..1") @Nullable Integer number) {
        return ops.print(new Watch(ops.api(), ops.generation(number), System.err::println).untilItWaitsOrEnds());
    }

    @Command(description = "lists all rebuilds, newest first", mixinStandardHelpOptions = true)
    int list(@Mixin OpsOptions ops) {
        JsonNode all = ops.api().list();
        if (ops.isJson()) {
            ops.print(all);
        } else {
            all.path("rebuilds").forEach(rebuild -> System.out.println(new Rebuild(rebuild).summary()));
        }
        return 0;
    }

    @Command(description = "shows the first 100 differences of the last verification", mixinStandardHelpOptions = true)
    int differences(
            @Mixin OpsOptions ops, @Parameters(paramLabel = GENERATION, arity = "0..1") @Nullable Integer number) {
        JsonNode differences = ops.api().differences(ops.generation(number));
        if (ops.isJson()) {
            ops.print(differences);
        } else {
            differences
                    .path("providers")
                    .forEach(provider -> System.out.println("provider "
                            + provider.path("providerId").asString() + ": live " + provider.path("live") + ", rebuilt "
                            + provider.path("rebuilt")));
            differences
                    .path("rows")
                    .forEach(row -> System.out.println(row.path("layer").asString() + " "
                            + row.path("key").asString() + ": live "
                            + row.path("live").asString() + ", rebuilt "
                            + row.path("rebuilt").asString()));
        }
        return 0;
    }

    @Command(description = "compares a ready rebuild again", mixinStandardHelpOptions = true)
    int verify(@Mixin OpsOptions ops, @Parameters(paramLabel = GENERATION, arity = "0..1") @Nullable Integer number) {
        return act(ops, number, "verify", Map.of());
    }

    @Command(name = "switch", description = "makes a ready rebuild live at once", mixinStandardHelpOptions = true)
    int switchTo(
            @Mixin OpsOptions ops,
            @Parameters(paramLabel = GENERATION, arity = "0..1") @Nullable Integer number,
            @Option(
                            names = "--accept-differences",
                            description = "switches although the rebuild differs from the live generation")
                    boolean acceptDifferences) {
        return act(ops, number, "switch", Map.of("acceptDifferences", acceptDifferences));
    }

    @Command(description = "makes the generation before live again at once", mixinStandardHelpOptions = true)
    int rollback(@Mixin OpsOptions ops, @Parameters(paramLabel = GENERATION, arity = "0..1") @Nullable Integer number) {
        return act(ops, number, "rollback", Map.of());
    }

    @Command(description = "pauses a rebuild", mixinStandardHelpOptions = true)
    int pause(@Mixin OpsOptions ops, @Parameters(paramLabel = GENERATION, arity = "0..1") @Nullable Integer number) {
        return act(ops, number, "pause", Map.of());
    }

    @Command(description = "continues a paused rebuild", mixinStandardHelpOptions = true)
    int resume(@Mixin OpsOptions ops, @Parameters(paramLabel = GENERATION, arity = "0..1") @Nullable Integer number) {
        return act(ops, number, "resume", Map.of());
    }

    @Command(description = "cancels a rebuild that is not live and removes its tables", mixinStandardHelpOptions = true)
    int cancel(@Mixin OpsOptions ops, @Parameters(paramLabel = GENERATION, arity = "0..1") @Nullable Integer number) {
        return act(ops, number, "cancel", Map.of());
    }

    @Command(
            description =
                    "removes the tables of a generation that was replaced; a rollback to it is then no longer possible",
            mixinStandardHelpOptions = true)
    int drop(@Mixin OpsOptions ops, @Parameters(paramLabel = GENERATION) int number) {
        return act(ops, number, "drop", Map.of());
    }

    @Command(description = "changes how many events a rebuild may replay per second", mixinStandardHelpOptions = true)
    int throttle(
            @Mixin OpsOptions ops,
            @Option(names = "--generation", paramLabel = GENERATION) @Nullable Integer number,
            @Parameters(paramLabel = "N", description = "events/s over all instances, or none for no limit")
                    String limit) {
        Integer eventsPerSecond = eventsPerSecond(limit);
        ops.print(new Rebuild(ops.api().throttle(ops.generation(number), eventsPerSecond)));
        return 0;
    }

    private static @Nullable Integer eventsPerSecond(String limit) {
        try {
            return limit.equals("none") ? null : Integer.valueOf(limit);
        } catch (NumberFormatException e) {
            throw new CannotContinue("'" + limit + "' is not a limit: give a number of events/s, or none.", e);
        }
    }

    private static int act(OpsOptions ops, @Nullable Integer number, String action, Map<String, Object> request) {
        RebuildsApi api = ops.api();
        ops.print(new Rebuild(api.act(ops.generation(number), action, request)));
        return 0;
    }
}
