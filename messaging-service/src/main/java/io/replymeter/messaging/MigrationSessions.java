package io.replymeter.messaging;

import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.stereotype.Component;

/** Migrations run outside the pool: what bounds a request would end the validation of a big table. */
@Component
class MigrationSessions implements FlywayConfigurationCustomizer {

    @Override
    public void customize(FluentConfiguration flyway) {
        flyway.dataSource(DataSourceBuilder.derivedFrom(flyway.getDataSource())
                .type(SimpleDriverDataSource.class)
                .build());
    }
}
