package io.replymeter.metrics;

import io.replymeter.embedded.TestServers;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** The whole service on a real PostgreSQL and a real broker, with a database and a topic of its own. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(properties = "replymeter.events.watch-interval=100ms")
@AutoConfigureMockMvc
@Import(IntegrationTest.Servers.class)
public @interface IntegrationTest {

    @TestConfiguration
    class Servers {

        @Bean
        JdbcConnectionDetails ownDatabase() {
            return Connections.to(TestServers.newDatabase());
        }

        @Bean
        KafkaConnectionDetails sharedKafka() {
            return Connections.kafka();
        }

        @Bean
        DynamicPropertyRegistrar ownTopic() {
            String topic = TestTopic.create().name();
            return properties -> {
                properties.add("replymeter.events.topic", () -> topic);
                properties.add("replymeter.ingest.group-prefix", () -> topic + "-");
            };
        }

        /** Tests name their scopes with spring-security-test; no token of another kind is ever right. */
        @Bean
        JwtDecoder noToken() {
            return token -> {
                throw new BadJwtException("no tokens in this test");
            };
        }
    }
}
