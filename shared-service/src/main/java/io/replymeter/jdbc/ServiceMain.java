package io.replymeter.jdbc;

import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What the main method of a service does. */
public final class ServiceMain {

    /** The argument that asks for the migrations alone. */
    private static final String MIGRATE = "migrate";

    private ServiceMain() {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
    @Import(Migrations.class)
    static class MigrationsAlone {}

    /** Starts the service, which migrates its database; with the argument {@code migrate}, does only that. */
    public static void run(Class<?> service, String... arguments) {
        if (List.of(arguments).contains(MIGRATE)) {
            new SpringApplicationBuilder(MigrationsAlone.class)
                    .web(WebApplicationType.NONE)
                    .run(arguments)
                    .close();
        } else {
            SpringApplication.run(service, arguments);
        }
    }
}
