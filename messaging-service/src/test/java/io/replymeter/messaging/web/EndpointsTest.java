package io.replymeter.messaging.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.messaging.Api;
import io.replymeter.messaging.MessagingTest;
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
@MessagingTest
class EndpointsTest {

    private static final Set<String> OPEN =
            Set.of("GET /actuator/health", "GET /actuator/health/**", "GET /v3/api-docs", "GET /v3/api-docs.yaml");

    private static final Set<String> ANY_USER = Set.of(
            "POST /api/v1/messages",
            "DELETE /api/v1/messages/{id}",
            "POST /api/v1/messages/{id}/no-reply-needed",
            "GET /api/v1/conversations",
            "GET /api/v1/conversations/{id}/messages",
            "DELETE /api/v1/conversations/{id}",
            "POST /api/v1/conversations/{id}/actions",
            "POST /api/v1/conversations/{id}/notes",
            "GET /api/v1/me/availability",
            "PUT /api/v1/me/availability",
            "PUT /api/v1/me/blocked/{clientId}",
            "DELETE /api/v1/me/blocked/{clientId}",
            "PATCH /api/v1/me/profile",
            "GET /api/v1/me/response-metrics",
            "GET /api/v1/me/response-metrics/inquiries",
            "GET /api/v1/providers/{id}/profile",
            "GET /api/v1/clients/{id}/profile",
            "GET /api/v1/providers/{id}/members",
            "PUT /api/v1/providers/{id}/members/{userId}",
            "DELETE /api/v1/providers/{id}/members/{userId}");

    @Autowired
    List<RequestMappingInfoHandlerMapping> mappings;

    @Autowired
    Api api;

    @Test
    void withoutATokenOnlyHealthAndDescriptionAnswer() {
        assertThat(endpoints())
                .filteredOn(endpoint -> status(endpoint) != 401)
                .containsExactlyInAnyOrderElementsOf(OPEN);
    }

    @Test
    void aTokenWithoutAScopeReachesWhatIsForUsers() {
        assertThat(endpoints())
                .filteredOn(endpoint -> !OPEN.contains(endpoint))
                .filteredOn(endpoint -> !isDenied(endpoint))
                .containsExactlyInAnyOrderElementsOf(ANY_USER);
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

    /** Endpoints for users have other problems to tell. */
    private boolean isDenied(String endpoint) {
        return api.text(request(endpoint).with(Api.service()).exchange()).contains("problem:not-allowed");
    }

    private MockMvcTester.MockMvcRequestBuilder request(String endpoint) {
        String[] methodAndPath = endpoint.split(" ", 2);
        String path = methodAndPath[1]
                .replace("/**", "/liveness")
                .replaceAll("\\{[^/]*}", "3f0c1d6e-8f53-4c39-9a3f-0b7f6f9b2a11");
        return api.http().method(HttpMethod.valueOf(methodAndPath[0])).uri(path);
    }
}
