package io.replymeter.metrics;

import io.replymeter.jdbc.Migrations;
import io.replymeter.jdbc.ServiceMain;
import io.replymeter.tracing.TracingConfiguration;
import java.time.Clock;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

@SpringBootApplication
@EnableScheduling
@Import({Migrations.class, TracingConfiguration.class})
class MetricsApplication {

    public static void main(String[] arguments) {
        ServiceMain.run(MetricsApplication.class, arguments);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
