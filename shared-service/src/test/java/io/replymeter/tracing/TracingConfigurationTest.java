package io.replymeter.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class TracingConfigurationTest {

    private static final String ON = "--management.tracing.export.enabled=true";
    private static final String JSON_LOGS = "--logging.structured.format.console=ecs";

    /** Nothing but logging as it usually is. */
    @Configuration(proxyBeanMethods = false)
    static class Nothing {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            excludeName = {
                "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
            })
    @Import(TracingConfiguration.class)
    static class Service {

        static final Logger LOG = LoggerFactory.getLogger(Service.class);
    }

    /** Logging is the whole JVM's, and so also that of the next tests. */
    @AfterEach
    void logsAreTextAgain() {
        System.clearProperty(LoggingSystemProperty.CONSOLE_STRUCTURED_FORMAT.getEnvironmentVariableName());
        new SpringApplicationBuilder(Nothing.class)
                .web(WebApplicationType.NONE)
                .run()
                .close();
    }

    @Test
    void nothingOfTracingIsThereUnlessItIsTurnedOn() {
        try (ConfigurableApplicationContext service = started()) {
            assertThat(beansOfTracing(service)).isEmpty();
            assertThat(service.getBean(Traces.class).current()).isNull();
        }
        try (ConfigurableApplicationContext service = started(ON)) {
            assertThat(beansOfTracing(service)).isNotEmpty();
        }
    }

    @Test
    void onePropertyMakesLogsJsonAndTracesAreNamedInThem(CapturedOutput output) {
        try (ConfigurableApplicationContext service = started(ON, JSON_LOGS)) {
            Tracer tracer = service.getBean(OpenTelemetry.class).getTracer("test");
            Span span = tracer.spanBuilder("request").startSpan();
            Context.current()
                    .with(span)
                    .wrap(() -> Service.LOG.info("in a trace"))
                    .run();

            List<JsonNode> lines =
                    output.getOut().lines().map(new JsonMapper()::readTree).toList();
            JsonNode line = lines.stream()
                    .filter(one -> one.path("message").asString("").equals("in a trace"))
                    .findFirst()
                    .orElseThrow();
            assertThat(line.path("trace.id").asString(""))
                    .isEqualTo(span.getSpanContext().getTraceId());
            assertThat(line.path("span.id").asString(""))
                    .isEqualTo(span.getSpanContext().getSpanId());
            span.end();
        }
    }

    private static ConfigurableApplicationContext started(String... arguments) {
        return new SpringApplicationBuilder(Service.class)
                .web(WebApplicationType.NONE)
                .properties("spring.config.import=classpath:shared-service.yaml")
                .run(arguments);
    }

    private static List<String> beansOfTracing(ConfigurableApplicationContext service) {
        return List.of(service.getBeanDefinitionNames()).stream()
                .filter(name -> {
                    Class<?> type = service.getType(name);
                    return type != null
                            && (type.getName().startsWith("io.opentelemetry.")
                                    || type.getName().startsWith("io.micrometer.tracing."));
                })
                .toList();
    }
}
