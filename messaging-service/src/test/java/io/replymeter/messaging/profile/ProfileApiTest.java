package io.replymeter.messaging.profile;

import io.replymeter.messaging.MessagingTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** A test of the whole service, with a {@link StandInMetricsApi} beside it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@MessagingTest
@Import(ProfileApiTest.Platform.class)
@interface ProfileApiTest {

    @TestConfiguration(proxyBeanMethods = false)
    class Platform {

        @Bean
        StandInMetricsApi standInMetricsApi() {
            return new StandInMetricsApi();
        }

        @Bean
        DynamicPropertyRegistrar metricsApi(StandInMetricsApi metricsApi) {
            return properties -> {
                properties.add("replymeter.metrics-api.url", metricsApi::url);
                properties.add("replymeter.metrics-api.time-budget", () -> "1s"); // a busy machine is no failure
            };
        }
    }
}
