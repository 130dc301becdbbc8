package io.replymeter.local;

import io.replymeter.local.stack.ContainerSecrets;
import io.replymeter.local.stack.DataFolder;
import io.replymeter.local.stack.Program;
import io.replymeter.local.stack.StackPorts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Builds the images for docker-compose.yml from the jars that the script has built, and writes the secrets for it. */
@Command(
        name = "images",
        description = {
            "Builds the images for docker-compose.yml, and writes what is still missing for it:",
            "  .env         random database passwords",
            "  .replymeter/ the signing key, and a folder with its secrets for each container",
            "The token that messaging-service reads metrics with is renewed each time, for a year."
        },
        mixinStandardHelpOptions = true)
final class ImagesCommand implements Callable<Integer> {

    private final Path root = Launcher.root();

    @Override
    public Integer call() {
        List<String> labels = labels();
        build("messaging-service", "service", StackPorts.MESSAGING, labels);
        build("metrics-service", "service", StackPorts.METRICS, labels);
        build("demo", "demo", 0, labels);
        writeSecrets();
        System.out.println("Now: docker compose up -d, or with sample data: docker compose --profile demo up -d");
        return 0;
    }

    private void writeSecrets() {
        ContainerSecrets secrets = new ContainerSecrets(DataFolder.at(root.resolve(".replymeter")));
        secrets.write();
        Path environment = root.resolve(".env");
        boolean written = secrets.writeEnvironment(environment);
        System.out.println(written ? "Wrote .env; keep it as long as the data." : "Left .env unchanged.");
    }

    private List<String> labels() {
        String source = Program.output(root, List.of("git", "config", "remote.origin.url"));
        return List.of(
                "VERSION=" + Launcher.VERSION,
                "REVISION=" + Program.output(root, List.of("git", "rev-parse", "HEAD")),
                "SOURCE=" + source.replaceFirst("//[^/]*@", "//"));
    }

    private void build(String name, String dockerfile, int port, List<String> labels) {
        String image = "replymeter/" + name + ":" + Launcher.VERSION;
        System.out.println("Building " + image + " …");
        List<String> command = new ArrayList<>(List.of("docker", "build", "--quiet", "--tag", image));
        command.addAll(List.of("--file", "containers/" + dockerfile + ".Dockerfile"));
        List<String> arguments = new ArrayList<>(labels);
        if (port != 0) {
            arguments.addAll(List.of("SERVICE=" + name, "PORT=" + port));
        }
        arguments.forEach(argument -> command.addAll(List.of("--build-arg", argument)));
        command.add(".");
        Program.run(root, command, "The build of " + image + " failed; what Docker printed above says why.");
    }
}
