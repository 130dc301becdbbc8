package io.replymeter.local;

import io.replymeter.local.api.MessagingApi;
import io.replymeter.local.demo.Demo;
import io.replymeter.local.stack.DataFolder;
import io.replymeter.local.stack.StackPorts;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Fills services that run already with the sample marketplace. */
@Command(
        name = "demo",
        description = "Fills the running services with 30 days of a sample marketplace, once, and says where to look.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "address of messaging-service (default: its port on this machine)")
    private @Nullable String url;

    @Option(
            names = "--messaging-port",
            paramLabel = "PORT",
            converter = FirstPort.class,
            description = "port of messaging-service on this machine (default: 8080)")
    private int messagingPort = StackPorts.MESSAGING;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            converter = FirstPort.class,
            description = "port of metrics-service on this machine, or a range of ports (default: 8081)")
    private int metricsPort = StackPorts.METRICS;

    @Override
    public Integer call() {
        DataFolder folder = data.folder();
        StackPorts ports = new StackPorts(messagingPort, metricsPort, StackPorts.KAFKA, StackPorts.POSTGRESQL);
        String api = url == null ? ports.messagingUrl() : url;
        Demo demo = new Demo(
                folder, new MessagingApi(api, TokenCommand.token(folder.signingKey(), "admin")), System.out::println);
        List<Demo.Sight> sights = demo.run();
        Welcome welcome = new Welcome(ports, data, System.out);
        welcome.printPages(new Links(folder.signingKey(), ports), sights, false);
        welcome.printSights(sights, false);
        return 0;
    }

    /** Takes the first port of a range such as 8081-8083. */
    private static final class FirstPort implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String ports) {
            return Integer.valueOf(ports.replaceAll("-.*", ""));
        }
    }
}
