package io.replymeter.messaging;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
class MessagingApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(MessagingApplication.class, arguments);
    }
}
