package io.replymeter.jdbc;

import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** How a service brings its database up to date, once it knows that it can. */
@Configuration(proxyBeanMethods = false)
@Import(OwnSessions.class)
public class Migrations {

    /** They use no connection of the pool, whose waits all end soon: a new index may take its time. */
    @Bean
    FlywayConfigurationCustomizer ownConnections(JdbcConnectionDetails database) {
        return flyway -> flyway.dataSource(database.getJdbcUrl(), database.getUsername(), database.getPassword());
    }
}
