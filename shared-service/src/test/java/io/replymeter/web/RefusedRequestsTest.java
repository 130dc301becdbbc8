package io.replymeter.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RefusedRequestsTest {

    private final JsonMapper json = JsonMapper.shared();
    private final RefusedRequests refused = new RefusedRequests(json);
    private final MockHttpServletRequest request = new MockHttpServletRequest();
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @Test
    void withoutATokenTheStandardsChallengeAndAProblemAreSent() throws Exception {
        refused.commence(request, response, new InsufficientAuthenticationException("no token"));

        assertThat(response.getHeader("WWW-Authenticate")).startsWith("Bearer");
        assertIsProblem(401, "no-valid-token");
    }

    @Test
    void withoutTheScopeAProblemIsSent() throws Exception {
        refused.handle(request, response, new AccessDeniedException("no scope"));

        assertIsProblem(403, "not-allowed");
    }

    private void assertIsProblem(int status, String name) throws Exception {
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getContentType()).isEqualTo("application/problem+json");
        JsonNode problem = json.readTree(response.getContentAsByteArray());
        assertThat(problem.path("type").stringValue()).isEqualTo("urn:replymeter:problem:" + name);
        assertThat(problem.path("status").intValue()).isEqualTo(status);
        assertThat(problem.path("detail").stringValue()).isNotBlank();
    }
}
