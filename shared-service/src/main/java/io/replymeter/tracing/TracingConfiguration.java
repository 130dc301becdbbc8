package io.replymeter.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tracing as both services do it. Spring Boot brings the rest where it is on. */
@Configuration(proxyBeanMethods = false)
public class TracingConfiguration {

    @Bean
    Traces traces(ObjectProvider<OpenTelemetry> openTelemetry) {
        OpenTelemetry on = openTelemetry.getIfAvailable();
        return on == null ? Traces.off() : new Traces(on.getTracer("io.replymeter"));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(TracingSwitch.PROPERTY)
    static class WhereItIsOn {

        @Bean
        SpanExporters spanExporters(ObjectProvider<SpanExporter> exporters) {
            return SpanExporters.of(
                    exporters.orderedStream().map(WithoutPersonalData::new).toList());
        }
    }
}
