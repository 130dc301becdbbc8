package io.replymeter.local;

import io.replymeter.local.demo.Demo;
import io.replymeter.local.stack.CannotContinue;
import io.replymeter.local.stack.DataFolder;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Opens a page of the running stack in the browser, signed in, and prints its link. */
@Command(
        name = "open",
        description =
                "Opens the web application in the browser as somebody, or the operator's console, and prints the link.",
        mixinStandardHelpOptions = true)
final class OpenCommand implements Callable<Integer> {

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(
            paramLabel = "WHO",
            description =
                    "client or provider (of the sample marketplace), demo (to choose one), ops, or the id of a user")
    private String who = "";

    @Option(names = "--print", description = "only prints the link")
    private boolean printOnly;

    @Override
    public Integer call() {
        DataFolder folder = data.folder();
        String link =
                link(folder, new Links(folder.signingKey(), folder.running().ports()));
        System.out.println(link);
        if (!printOnly) {
            open(link);
        }
        return 0;
    }

    private String link(DataFolder folder, Links links) {
        return switch (who.toLowerCase(Locale.ROOT)) {
            case "client" -> links.user(Demo.firstSight(folder).client());
            case "provider" -> links.user(Demo.firstSight(folder).provider());
            case "demo" -> links.demo();
            case "ops" -> links.operator();
            default -> links.user(who);
        };
    }

    /** Where there is no desktop, the link is printed and that is all. */
    private static void open(String link) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        boolean desktop = system.contains("mac")
                || Stream.of("DISPLAY", "WAYLAND_DISPLAY").anyMatch(variable -> System.getenv(variable) != null);
        if (!desktop) {
            return;
        }
        try {
            new ProcessBuilder(system.contains("mac") ? "open" : "xdg-open", link)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new CannotContinue("No browser could be started: open the link above.", e);
        }
    }
}
