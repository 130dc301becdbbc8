package io.replymeter.local;

import io.replymeter.local.api.OperationsApi;
import io.replymeter.local.stack.CannotContinue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Looks at the records that were not applied, and decides about them. */
@Command(
        name = "quarantine",
        description =
                "Shows the records that break the contract or could not be applied, and replays or discards them.",
        footer = {"", "Exit codes: 0 done; 1 refused, no such record, or no answer; 2 wrong usage."},
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class QuarantineCommand {

    private static final String ID = "ID";

    @Command(description = "lists the records, oldest first", mixinStandardHelpOptions = true)
    int list(
            @Mixin OpsOptions ops,
            @Option(names = "--reason", paramLabel = "REASON", description = "only those, such as MALFORMED") @Nullable String reason) {
        List<JsonNode> records = records(ops.operations(), reason);
        if (ops.isJson()) {
            records.forEach(System.out::println);
            return 0;
        }
        records.forEach(record -> System.out.println(line(record)));
        if (records.isEmpty()) {
            System.out.println("The quarantine is empty" + (reason == null ? "." : " of this reason."));
        }
        return 0;
    }

    @Command(description = "shows a record with its key and value", mixinStandardHelpOptions = true)
    int show(@Mixin OpsOptions ops, @Parameters(paramLabel = ID) long id) {
        JsonNode whole = ops.operations().quarantined(id);
        if (ops.isJson()) {
            ops.print(whole);
            return 0;
        }
        System.out.println(line(whole.path("record")));
        System.out.println("key:   " + text(whole.path("key")));
        System.out.println("value: " + text(whole.path("value")));
        return 0;
    }

    @Command(
            description = "publishes records to the topic again, where they are judged anew",
            mixinStandardHelpOptions = true)
    int replay(
            @Mixin OpsOptions ops,
            @Parameters(paramLabel = ID, arity = "0..*") @Nullable List<Long> ids,
            @Option(names = "--reason", paramLabel = "REASON", description = "all of this reason") @Nullable String reason) {
        return each(ops, ids, reason, id -> ops.operations().replay(id), "replayed");
    }

    @Command(
            description = "discards records that do not matter: their keys and values are gone for good",
            mixinStandardHelpOptions = true)
    int discard(
            @Mixin OpsOptions ops,
            @Parameters(paramLabel = ID, arity = "0..*") @Nullable List<Long> ids,
            @Option(names = "--reason", paramLabel = "REASON", description = "all of this reason") @Nullable String reason) {
        return each(ops, ids, reason, id -> ops.operations().discard(id), "discarded");
    }

    @Command(description = "says whose numbers may be incomplete, and why", mixinStandardHelpOptions = true)
    int incomplete(@Mixin OpsOptions ops) {
        JsonNode report = ops.operations().incompleteNumbers();
        if (ops.isJson()) {
            ops.print(report);
            return 0;
        }
        report.path("everybody").forEach(reason -> System.out.println("Anybody's: " + reason.asString()));
        report.path("providers")
                .forEach(provider -> System.out.printf(
                        Locale.ROOT,
                        "%s  %,d records since %s%n",
                        provider.path("providerId").asString(),
                        provider.path("records").asLong(),
                        provider.path("since").asString()));
        long unattributed = report.path("unattributed").asLong();
        if (unattributed > 0) {
            System.out.printf(Locale.ROOT, "%,d records do not say whom they are about.%n", unattributed);
        }
        if (report.path("everybody").isEmpty() && report.path("count").asInt() == 0 && unattributed == 0) {
            System.out.println("Nothing is known to be missing in anybody's numbers.");
        }
        return 0;
    }

    private static int each(
            OpsOptions ops, @Nullable List<Long> ids, @Nullable String reason, LongConsumer decision, String done) {
        List<Long> chosen = ids == null ? List.of() : ids;
        if (chosen.isEmpty() == (reason == null)) {
            throw new CannotContinue("Say which records: give their ids, or --reason REASON for all of one reason.");
        }
        List<Long> wanted = reason == null
                ? chosen
                : records(ops.operations(), reason).stream()
                        .filter(record -> record.path("replayedAt").isNull())
                        .map(record -> record.path("id").asLong())
                        .toList();
        for (long id : wanted) {
            decision.accept(id);
            System.out.println(id + " " + done);
        }
        return 0;
    }

    private static List<JsonNode> records(OperationsApi api, @Nullable String reason) {
        List<JsonNode> records = new ArrayList<>();
        JsonNode page = api.quarantine(reason, 0);
        page.path("records").forEach(records::add);
        while (page.path("nextCursor").isNumber()) {
            page = api.quarantine(reason, page.path("nextCursor").asLong());
            page.path("records").forEach(records::add);
        }
        return records;
    }

    private static String line(JsonNode record) {
        String provider = record.path("providerId").asString("");
        return String.format(
                        Locale.ROOT,
                        "%-6d %s  %-19s  partition %d, offset %d: %s",
                        record.path("id").asLong(),
                        record.path("appendedAt").asString(),
                        record.path("reason").asString(),
                        record.path("partition").asInt(),
                        record.path("offset").asLong(),
                        record.path("detail").asString())
                + (provider.isEmpty() ? "" : " (provider " + provider + ")")
                + (record.path("replayedAt").isNull() ? "" : " (replayed)");
    }

    /** As it is, but for what a terminal would obey. */
    private static String text(JsonNode base64) {
        return base64.isNull()
                ? "(none)"
                : new String(Base64.getDecoder().decode(base64.asString()), StandardCharsets.UTF_8)
                        .replaceAll("[\\p{Cntrl}&&[^\n\t]]", "\uFFFD");
    }
}
