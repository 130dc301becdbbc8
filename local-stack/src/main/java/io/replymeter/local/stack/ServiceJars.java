package io.replymeter.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The executable jars of both services. */
public record ServiceJars(Path messaging, Path metrics) {

    private static final String VERSION = "version=";

    /**
     * Where a build has put them.
     *
     * @param checkout of this version of Replymeter or another one: its script {@code replymeter} names the version
     * @throws CannotContinue when they have not been built
     */
    public static ServiceJars in(Path checkout) {
        String version = version(checkout.resolve("replymeter"));
        return new ServiceJars(jar(checkout, "messaging-service", version), jar(checkout, "metrics-service", version));
    }

    private static String version(Path script) {
        try (Stream<String> lines = Files.lines(script)) {
            return lines.filter(line -> line.startsWith(VERSION))
                    .map(line -> line.substring(VERSION.length()))
                    .findFirst()
                    .orElseThrow(() -> new CannotContinue(script + " names no version"));
        } catch (IOException e) {
            throw new CannotContinue("Cannot read " + script + ": name a checkout of Replymeter", e);
        }
    }

    private static Path jar(Path checkout, String service, String version) {
        Path jar = checkout.resolve(service)
                .resolve("target")
                .resolve(service + "-" + version + ".jar")
                .toAbsolutePath()
                .normalize();
        if (!Files.exists(jar)) {
            throw new CannotContinue(jar + " is missing: build it with ./mvnw -DskipTests package");
        }
        return jar;
    }
}
