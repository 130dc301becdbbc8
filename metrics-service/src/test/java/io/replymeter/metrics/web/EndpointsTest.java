package io.replymeter.metrics.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;

import io.replymeter.metrics.IntegrationTest;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Whoever maps another endpoint decides here who may call it. */
@IntegrationTest
class EndpointsTest {

    private static final Set<String> OPEN = Set.of(
            "GET /actuator/health",
            "GET /actuator/health/**",
            "GET /actuator/info",
            "GET /v3/api-docs",
            "GET /v3/api-docs.yaml");

    @Autowired
    List<RequestMappingInfoHandlerMapping> mappings;

    @Autowired
    MockMvcTester http;

    @Test
    void withoutATokenOnlyHealthAndDescriptionAnswer() {
        assertThat(endpoints())
                .filteredOn(endpoint -> status(endpoint) != 401)
                .containsExactlyInAnyOrderElementsOf(OPEN);
    }

    @Test
    void aTokenWithoutAScopeReachesNothingElse() {
        assertThat(endpoints())
                .filteredOn(endpoint -> !OPEN.contains(endpoint))
                .filteredOn(endpoint -> !isDenied(endpoint))
                .isEmpty();
    }

    private List<String> endpoints() {
        return mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .flatMap(EndpointsTest::endpoints)
                .distinct()
                .toList();
    }

    private static Stream<String> endpoints(RequestMappingInfo mapping) {
        Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
        Set<RequestMethod> all = methods.isEmpty() ? Set.of(RequestMethod.values()) : methods;
        return mapping.getPatternValues().stream().flatMap(path -> all.stream().map(method -> method + " " + path));
    }

    private int status(String endpoint) {
        return request(endpoint).exchange().getResponse().getStatus();
    }

    private boolean isDenied(String endpoint) {
        return request(endpoint).with(jwt()).exchange().getResponse().getStatus() == 403;
    }

    private MockMvcTester.MockMvcRequestBuilder request(String endpoint) {
        String[] methodAndPath = endpoint.split(" ", 2);
        String path = methodAndPath[1]
                .replace("/**", "/liveness")
                .replaceAll("\\{[^/]*}", "3f0c1d6e-8f53-4c39-9a3f-0b7f6f9b2a11");
        return http.method(HttpMethod.valueOf(methodAndPath[0])).uri(path);
    }
}
