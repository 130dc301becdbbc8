package io.replymeter.messaging;

import io.replymeter.embedded.Database;
import io.replymeter.embedded.TestServers;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** What a test context runs on: a database and a topic of its own on the real servers. */
@TestConfiguration(proxyBeanMethods = false)
public class TestPlatform {

    /** Makes the tables in an empty database, without the service. */
    public static void migrate(DataSource database) {
        Flyway.configure()
                .dataSource(database)
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false")) // as shared-service.yaml does
                .load()
                .migrate();
    }

    @Bean
    JdbcConnectionDetails ownDatabase() {
        Database database = TestServers.newDatabase();
        return new JdbcConnectionDetails() {
            @Override
            public String getJdbcUrl() {
                return database.jdbcUrl();
            }

            @Override
            public String getUsername() {
                return database.username();
            }

            @Override
            public String getPassword() {
                return database.password();
            }
        };
    }

    @Bean
    KafkaConnectionDetails sharedKafka() {
        return () -> List.of(TestServers.kafka().bootstrapServers());
    }

    @Bean
    DynamicPropertyRegistrar ownTopic() {
        String topic = "test-" + UUID.randomUUID();
        return properties -> properties.add("replymeter.events.topic", () -> topic);
    }

    /** Trusts a key that signed nothing: tests hand in tokens that are already decoded. */
    @Bean
    JwtDecoder jwtDecoder() throws GeneralSecurityException {
        RSAPublicKey key = (RSAPublicKey)
                KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic();
        return NimbusJwtDecoder.withPublicKey(key).build();
    }
}
