package io.replymeter.local;

import io.replymeter.local.api.MessagingApi;
import io.replymeter.local.imports.LogImport;
import io.replymeter.local.stack.DataFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports a message log into the running stack. */
@Command(
        name = "import",
        description = "Imports a message log into the running stack. Rows that are present already stay unchanged.",
        footer = {
            "",
            "The file is CSV in UTF-8 with one row per line. Its first line is",
            "  message_id,conversation_id,client_id,provider_id,sender_role,sent_at",
            "and may name more columns, which docs/integrate.md describes."
        },
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(paramLabel = "FILE.csv", description = "the message log")
    private Path file = Path.of("");

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "address of messaging-service (default: where `up` started it, else http://localhost:8080)")
    private @Nullable String url;

    @ArgGroup
    private Shift shift = new Shift();

    static final class Shift {

        @Option(names = "--shift-to-now", description = "moves all times so that the newest message is from now")
        private boolean toNow;

        @Option(
                names = "--shift",
                paramLabel = "DURATION",
                description = "moves all times by PT36H, P30D, -PT15M or seconds, such as --shift-to-now printed")
        private @Nullable String by;
    }

    @Override
    public Integer call() {
        DataFolder folder = data.folder();
        String token = TokenCommand.token(folder.signingKey(), "admin");
        MessagingApi api =
                new MessagingApi(url == null ? folder.running().ports().messagingUrl() : url, token);
        boolean complete = new LogImport(api, folder.file(LogImport.SHIFTS), System.out::println)
                .run(file, shift.toNow ? LogImport.TO_NOW : shift.by);
        return complete ? 0 : 1;
    }
}
