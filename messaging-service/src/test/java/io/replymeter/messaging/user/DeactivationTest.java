package io.replymeter.messaging.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.messaging.Api;
import io.replymeter.messaging.MessagingTest;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Who is not here any more, and who never was. */
@MessagingTest
class DeactivationTest {

    @Autowired
    Api api;

    UUID client;
    UUID provider;

    @BeforeEach
    void aConversation() {
        client = api.newUser("CLIENT");
        provider = api.newUser("PROVIDER");
        api.json(201, write(client, provider));
    }

    @Test
    void theTokensOfADeactivatedUserAreRefusedUntilTheyAreReactivated() {
        deactivate(provider, 204);
        deactivate(provider, 204);

        api.problem(403, "user-deactivated", api.get(Api.user(provider), "/api/v1/conversations"));
        api.problem(403, "user-deactivated", api.get(Api.user(provider), "/api/v1/clients/{id}/profile", client));
        api.problem(403, "user-deactivated", write(provider, client));

        reactivate(provider, 204);
        reactivate(provider, 204);

        assertThat(api.get(Api.user(provider), "/api/v1/conversations")).hasStatusOk();
        assertThat(write(provider, client)).hasStatus(201);
    }

    @Test
    void othersDoNotFindADeactivatedUserAndDoNotWriteToOne() {
        deactivate(provider, 204);

        api.problem(404, "profile-not-found", api.get(Api.user(client), "/api/v1/providers/{id}/profile", provider));
        api.problem(422, "unknown-recipient", write(client, provider));
        api.problem(422, "unknown-recipient", write(api.newUser("CLIENT"), provider));
        assertThat(api.json(200, api.get(Api.user(client), "/api/v1/conversations"))
                        .path("conversations"))
                .hasSize(1);

        reactivate(provider, 204);

        assertThat(api.get(Api.user(client), "/api/v1/providers/{id}/profile", provider))
                .hasStatusOk();
        assertThat(write(client, provider)).hasStatus(201);
    }

    @Test
    void nobodyWritesForADeactivatedProvider() {
        UUID member = api.newUser("PROVIDER");
        assertThat(api.put(Api.user(provider), "/api/v1/providers/{id}/members/{member}", provider, member))
                .hasStatus(204);
        deactivate(provider, 204);

        api.problem(
                403,
                "user-deactivated",
                api.post(
                        Api.user(member),
                        "/api/v1/messages",
                        "{\"recipientId\":\"" + client + "\",\"providerId\":\"" + provider + "\",\"body\":\"Hello\"}"));
    }

    @Test
    void whoNeverWasIsNotDeactivated() {
        deactivate(UUID.randomUUID(), 404);
        reactivate(UUID.randomUUID(), 404);
    }

    @Test
    void onlyAnAdminDeactivates() {
        api.problem(403, "not-allowed", api.post(Api.user(client), "/api/v1/users/" + client + "/deactivation", ""));
    }

    @Test
    void whoIsNoUserReadsProfilesOnlyWithTheScopeForMetrics() {
        for (String path :
                new String[] {"/api/v1/providers/" + provider + "/profile", "/api/v1/clients/" + client + "/profile"}) {
            assertThat(api.get(Api.service("metrics:read"), path)).hasStatusOk();
            assertThat(api.get(Api.admin(), path)).hasStatusOk();
            api.problem(403, "unknown-user", api.get(Api.service("metrics:ops"), path));
            api.problem(403, "unknown-user", api.get(Api.service(), path));
            api.problem(403, "unknown-user", api.get(Api.user(UUID.randomUUID()), path));
        }
        api.problem(403, "unknown-user", api.get(Api.service("metrics:read"), "/api/v1/conversations"));
    }

    private MvcTestResult write(UUID from, UUID to) {
        return api.post(Api.user(from), "/api/v1/messages", "{\"recipientId\":\"" + to + "\",\"body\":\"Hello\"}");
    }

    private void deactivate(UUID user, int status) {
        assertThat(api.post(Api.admin(), "/api/v1/users/" + user + "/deactivation", ""))
                .hasStatus(status);
    }

    private void reactivate(UUID user, int status) {
        assertThat(api.delete(Api.admin(), "/api/v1/users/{id}/deactivation", user))
                .hasStatus(status);
    }
}
