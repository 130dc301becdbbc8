package io.replymeter.metrics;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
class MetricsApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(MetricsApplication.class, arguments);
    }
}
