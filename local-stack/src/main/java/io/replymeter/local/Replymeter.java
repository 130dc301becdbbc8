package io.replymeter.local;

import io.replymeter.embedded.ServerDidNotStart;
import io.replymeter.local.stack.CannotContinue;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The main class of the launcher. Every expected error is one line that tells the user what to do. */
@Command(
        name = "replymeter",
        description =
                "How quickly and how reliably does a provider answer? Runs everything on this machine, with or without Docker.",
        mixinStandardHelpOptions = true,
        version = "Replymeter " + Launcher.VERSION,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            OpenCommand.class,
            TokenCommand.class,
            ImportCommand.class,
            DemoCommand.class,
            ImagesCommand.class,
            RebuildCommand.class,
            QuarantineCommand.class,
            StatusCommand.class
        })
final class Replymeter {

    private Replymeter() {}

    public static void main(String[] arguments) {
        System.exit(commandLine(System.err).execute(arguments));
    }

    static CommandLine commandLine(PrintStream errors) {
        return new CommandLine(new Replymeter())
                .setCommandName(Launcher.command())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((problem, arguments) -> explain(problem, errors))
                .setExecutionExceptionHandler((problem, command, result) -> explain(problem, result, errors));
    }

    private static int explain(ParameterException problem, PrintStream errors) {
        CommandLine command = problem.getCommandLine();
        errors.println(
                problem.getMessage() + ". See " + command.getCommandSpec().qualifiedName() + " --help");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static int explain(Exception problem, ParseResult result, PrintStream errors) {
        boolean expected = problem instanceof CannotContinue || problem instanceof ServerDidNotStart;
        errors.println(expected ? problem.getMessage() : unexpected(problem));
        return result.commandSpec().exitCodeOnExecutionException();
    }

    /** Writes the stack trace into a file that the user can report. */
    private static String unexpected(Exception problem) {
        StringWriter trace = new StringWriter();
        problem.printStackTrace(new PrintWriter(trace, true));
        try {
            Path file = Files.createTempFile("replymeter-", ".log");
            Files.writeString(file, trace.toString());
            return "Something unexpected happened: " + problem + ". Please report it together with " + file;
        } catch (IOException e) {
            return "Something unexpected happened: " + problem + ". Please report it.";
        }
    }
}
