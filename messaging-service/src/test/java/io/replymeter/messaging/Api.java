package io.replymeter.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;

import java.io.UnsupportedEncodingException;
import java.util.UUID;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service's HTTP API, as tests use it. */
public class Api {

    private final MockMvcTester http;
    private final JsonMapper json = new JsonMapper();

    Api(MockMvcTester http) {
        this.http = http;
    }

    /** A user's own token, without any scope. */
    public static RequestPostProcessor user(UUID id) {
        return jwt().jwt(token -> token.subject(id.toString())).authorities();
    }

    /** An administrator's token. */
    public static RequestPostProcessor admin() {
        return service("admin");
    }

    /** A service's token with {@code scopes}. */
    public static RequestPostProcessor service(String... scopes) {
        String[] authorities = new String[scopes.length];
        for (int i = 0; i < scopes.length; i++) {
            authorities[i] = "SCOPE_" + scopes[i];
        }
        return jwt().jwt(token -> token.subject("a-service"))
                .authorities(AuthorityUtils.createAuthorityList(authorities));
    }

    public MvcTestResult get(RequestPostProcessor who, String path, Object... variables) {
        return http.get().uri(path, variables).with(who).exchange();
    }

    public MvcTestResult delete(RequestPostProcessor who, String path, Object... variables) {
        return http.delete().uri(path, variables).with(who).exchange();
    }

    public MvcTestResult put(RequestPostProcessor who, String path, Object... variables) {
        return http.put().uri(path, variables).with(who).exchange();
    }

    public MvcTestResult post(RequestPostProcessor who, String path, String body) {
        return send(HttpMethod.POST, who, path, body);
    }

    public MvcTestResult send(HttpMethod method, RequestPostProcessor who, String path, String body) {
        return http.method(method)
                .uri(path)
                .with(who)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    /** A new user with {@code role}; their id. */
    public UUID newUser(String role) {
        UUID id = UUID.randomUUID();
        MvcTestResult added = post(
                admin(),
                "/api/v1/users",
                "{\"id\":\"" + id + "\",\"role\":\"" + role + "\",\"displayName\":\"Somebody\"}");
        assertThat(added).hasStatus(201);
        return id;
    }

    /** The status and body of an answer, to compare what two callers are told. */
    public String text(MvcTestResult result) {
        try {
            return result.getResponse().getStatus() + " " + result.getResponse().getContentAsString();
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The body of an answer that must have {@code status}. */
    public JsonNode json(int status, MvcTestResult result) {
        assertThat(result).hasStatus(status);
        try {
            return json.readTree(result.getResponse().getContentAsString());
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Checks that the answer is the problem {@code name} with {@code status}, and that it says what to do. */
    public JsonNode problem(int status, String name, MvcTestResult result) {
        JsonNode problem = json(status, result);
        assertThat(result).hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(problem.path("type").asString()).isEqualTo("urn:replymeter:problem:" + name);
        assertThat(problem.path("title").asString()).isNotBlank();
        assertThat(problem.path("detail").asString()).isNotBlank();
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        return problem;
    }

    public MockMvcTester http() {
        return http;
    }
}
