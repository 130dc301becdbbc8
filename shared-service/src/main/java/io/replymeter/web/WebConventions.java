package io.replymeter.web;

import io.replymeter.web.docs.ApiDocumentation;
import io.replymeter.web.input.StrictInput;
import io.replymeter.web.token.WholeTokens;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.observation.SecurityObservationSettings;

/**
 * What a service imports to take requests and answer every error as the others do. Its security filter chain uses {@link
 * RefusedRequests}, and its configuration imports {@code shared-service.yaml}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RequestLimits.class)
@Import({
    ApiDocumentation.class,
    EntityTags.class,
    ProblemHandler.class,
    RefusedRequests.class,
    RequestGate.class,
    StrictInput.class,
    TomcatBoundary.class,
    WholeTokens.class
})
public class WebConventions {

    /** Meters and spans for the dozen filters of every request say nothing, and cost more than the filters. */
    @Bean
    static SecurityObservationSettings filtersUnobserved() {
        return SecurityObservationSettings.noObservations();
    }
}
