package io.replymeter.messaging.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.messaging.Api;
import io.replymeter.messaging.MessagingTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

@MessagingTest
class UsersTest {

    @Autowired
    Api api;

    @Test
    void anAdminAddsAUserUnderANewId() {
        MvcTestResult added = add("{\"role\":\"CLIENT\",\"displayName\":\"  Ada \"}");

        JsonNode user = api.json(201, added);
        assertThat(UUID.fromString(user.path("id").asString())).isNotNull();
        assertThat(user.path("role").asString()).isEqualTo("CLIENT");
        assertThat(user.path("displayName").asString()).isEqualTo("Ada");
        assertThat(added)
                .hasHeader("Location", "/api/v1/users/" + user.path("id").asString());
    }

    @Test
    void addingTheSameUserAgainChangesNothing() {
        UUID id = UUID.randomUUID();
        api.json(201, add(body(id, "PROVIDER", "Ada")));

        JsonNode again = api.json(200, add(body(id, "PROVIDER", "Somebody else")));

        assertThat(again.path("displayName").asString()).isEqualTo("Ada");
    }

    @Test
    void aRoleNeverChanges() {
        UUID id = UUID.randomUUID();
        api.json(201, add(body(id, "PROVIDER", "Ada")));

        api.problem(409, "user-has-another-role", add(body(id, "CLIENT", "Ada")));
    }

    @Test
    void whatIsMissingOrMalformedIsNamed() {
        assertViolation("role", add("{\"displayName\":\"Ada\"}"));
        assertViolation("role", add("{\"role\":\"KING\",\"displayName\":\"Ada\"}"));
        assertViolation("displayName", add("{\"role\":\"CLIENT\",\"displayName\":\" \"}"));
        assertViolation("displayName", add("{\"role\":\"CLIENT\",\"displayName\":\"a\\u0000b\"}"));
        assertViolation("id", add("{\"id\":\"17\",\"role\":\"CLIENT\",\"displayName\":\"Ada\"}"));
        assertViolation("The body", add("{"));
    }

    @Test
    void onlyAnAdminMayAddUsers() {
        String ada = body(UUID.randomUUID(), "CLIENT", "Ada");

        api.problem(403, "not-allowed", api.post(Api.user(UUID.randomUUID()), "/api/v1/users", ada));
        api.problem(403, "not-allowed", api.post(Api.service("metrics:read"), "/api/v1/users", ada));
    }

    private MvcTestResult add(String body) {
        return api.post(Api.admin(), "/api/v1/users", body);
    }

    private static String body(UUID id, String role, String name) {
        return "{\"id\":\"" + id + "\",\"role\":\"" + role + "\",\"displayName\":\"" + name + "\"}";
    }

    private void assertViolation(String field, MvcTestResult result) {
        JsonNode problem = api.problem(400, "invalid-request", result);
        assertThat(problem.path("errors").path(0).path("field").asString()).isEqualTo(field);
    }
}
