package io.replymeter.metrics;

import io.replymeter.embedded.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** An instance of the service that a test starts and stops itself, several on one database and topic if it likes. */
public final class Instance implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private Instance(ConfigurableApplicationContext context) {
        this.context = context;
    }

    public static Instance start(Database database, TestTopic topic, String... settings) {
        return start(arguments(topic, settings), context -> {
            context.registerBean(JdbcConnectionDetails.class, () -> Connections.to(database));
            context.registerBean(KafkaConnectionDetails.class, Connections::kafka);
        });
    }

    static Instance start(List<String> arguments, Consumer<GenericApplicationContext> preparation) {
        return new Instance(new SpringApplicationBuilder(MetricsApplication.class)
                .initializers(context -> prepare((GenericApplicationContext) context))
                .initializers(context -> preparation.accept((GenericApplicationContext) context))
                .run(arguments.toArray(String[]::new)));
    }

    static List<String> arguments(TestTopic topic, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--replymeter.events.topic=" + topic.name(),
                "--replymeter.events.watch-interval=100ms",
                "--replymeter.ingest.group-prefix=" + topic.name() + "-",
                "--replymeter.ingest.longest-backoff=200ms"));
        arguments.addAll(List.of(settings));
        return arguments;
    }

    private static void prepare(GenericApplicationContext context) {
        context.getBeanFactory().registerSingleton("noTestConfigurations", new NoTestConfigurations());
        context.registerBean(JwtDecoder.class, () -> token -> {
            throw new BadJwtException("no tokens in this test");
        });
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    @Override
    public void close() {
        context.close();
    }

    /** They lie in the packages that the service searches for its own. */
    private static final class NoTestConfigurations extends TypeExcludeFilter {

        @Override
        public boolean match(MetadataReader type, MetadataReaderFactory types) {
            return type.getAnnotationMetadata().hasAnnotation(TestConfiguration.class.getName());
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof NoTestConfigurations;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }
}
