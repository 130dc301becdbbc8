package io.replymeter.tracing;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves out all that traces where {@value #PROPERTY} is false. Spring Boot itself would make spans all the same, and only
 * not send them.
 */
final class TracingSwitch implements AutoConfigurationImportFilter, EnvironmentAware {

    static final String PROPERTY = "management.tracing.export.enabled";

    private static final String[] TRACING = {
        "org.springframework.boot.micrometer.tracing.", "org.springframework.boot.opentelemetry."
    };

    private boolean isOn;

    @Override
    public void setEnvironment(Environment environment) {
        isOn = environment.getProperty(PROPERTY, Boolean.class, false);
    }

    @Override
    public boolean[] match(@Nullable String[] autoConfigurations, AutoConfigurationMetadata metadata) {
        boolean[] kept = new boolean[autoConfigurations.length];
        IntStream.range(0, kept.length).forEach(i -> kept[i] = isOn || !isTracing(autoConfigurations[i]));
        return kept;
    }

    /** @param autoConfiguration null where another filter has left it out already */
    private static boolean isTracing(@Nullable String autoConfiguration) {
        return autoConfiguration != null && Stream.of(TRACING).anyMatch(autoConfiguration::startsWith);
    }
}
