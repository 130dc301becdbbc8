package io.replymeter.benchmarks.hotpath;

import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs JMH. */
@Command(name = "hot-functions", description = "Decoding and folding, by JMH.", mixinStandardHelpOptions = true)
public final class HotFunctionsCommand implements Callable<Integer> {

    @Parameters(description = "JMH's own options and patterns, after a --.")
    private String[] arguments = {};

    @Override
    public Integer call() throws Exception {
        new Runner(new CommandLineOptions(arguments)).run();
        return 0;
    }
}
