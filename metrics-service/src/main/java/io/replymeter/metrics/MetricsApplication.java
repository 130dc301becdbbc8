package io.replymeter.metrics;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

@SpringBootApplication
@EnableScheduling
class MetricsApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(MetricsApplication.class, arguments);
    }

    /** Migrations use no connection of the pool, whose waits all end soon: a new index may take its time. */
    @Bean
    FlywayConfigurationCustomizer ownConnections(JdbcConnectionDetails database) {
        return flyway -> flyway.dataSource(database.getJdbcUrl(), database.getUsername(), database.getPassword());
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
