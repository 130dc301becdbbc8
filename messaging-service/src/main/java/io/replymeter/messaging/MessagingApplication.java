package io.replymeter.messaging;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
class MessagingApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(MessagingApplication.class, arguments);
    }
}
