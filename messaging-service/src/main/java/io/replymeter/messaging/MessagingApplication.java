package io.replymeter.messaging;

import io.replymeter.jdbc.Migrations;
import io.replymeter.jdbc.ServiceMain;
import io.replymeter.tracing.TracingConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
@Import({Migrations.class, TracingConfiguration.class})
class MessagingApplication {

    public static void main(String[] arguments) {
        ServiceMain.run(MessagingApplication.class, arguments);
    }
}
