package io.replymeter.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceJarsTest {

    @TempDir
    Path checkout;

    @BeforeEach
    void aCheckoutOfAnotherVersion() throws IOException {
        Files.writeString(checkout.resolve("replymeter"), "#!/bin/sh\nversion=4.2.0\n");
    }

    @Test
    void theyAreThoseOfTheCheckoutsVersion() throws IOException {
        Path messaging = built("messaging-service", "4.2.0");
        Path metrics = built("metrics-service", "4.2.0");
        built("metrics-service", "4.1.0");

        assertThat(ServiceJars.in(checkout)).isEqualTo(new ServiceJars(messaging, metrics));
    }

    @Test
    void aMissingOneIsNamedWithWhatBuildsIt() throws IOException {
        built("messaging-service", "4.2.0");

        assertThatThrownBy(() -> ServiceJars.in(checkout))
                .isInstanceOf(CannotContinue.class)
                .hasMessageContainingAll("metrics-service-4.2.0.jar", "mvnw -DskipTests package");
    }

    @Test
    void whatIsNoCheckoutIsRefused() {
        Path elsewhere = checkout.resolve("elsewhere");

        assertThatThrownBy(() -> ServiceJars.in(elsewhere))
                .isInstanceOf(CannotContinue.class)
                .hasMessageContainingAll(elsewhere.toString(), "a checkout");
    }

    private Path built(String service, String version) throws IOException {
        Path target = Files.createDirectories(checkout.resolve(service).resolve("target"));
        return Files.createFile(target.resolve(service + "-" + version + ".jar"));
    }
}
