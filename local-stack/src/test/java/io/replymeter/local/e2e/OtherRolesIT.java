package io.replymeter.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Only what clients and providers write to each other is measured. */
class OtherRolesIT {

    @Test
    void conversationsBetweenOtherRolesLeaveNoTraceButACount() {
        Person provider = Person.provider();
        Person colleague = Person.provider();
        Person client = Person.client();
        Person friend = Person.client();
        long ignored = ignoredForTheirRoles();

        provider.writesTo(colleague);
        colleague.writesTo(provider);
        client.writesTo(friend);
        friend.writesTo(client);

        await().untilAsserted(() -> assertThat(ignoredForTheirRoles()).isEqualTo(ignored + 4));
        for (Person person : new Person[] {provider, colleague, client, friend}) {
            JsonNode numbers = person.numbers();
            assertThat(numbers.path("sampleSize").asInt()
                            + numbers.path("pending").asInt())
                    .isZero();
            assertThat(person.inquiries()).isEmpty();
        }
    }

    @Test
    void aClientsProfileHasNoMetrics() {
        Person client = Person.client();

        JsonNode profile = EndToEnd.messaging()
                .get("/api/v1/clients/" + client.id() + "/profile", client.token())
                .expect(200);

        assertThat(profile.path("displayName").asString("")).isEqualTo("A client");
        assertThat(profile.toString()).doesNotContainIgnoringCase("response");
        EndToEnd.messaging()
                .get("/api/v1/providers/" + client.id() + "/profile", client.token())
                .expectProblem(404);
    }

    private static long ignoredForTheirRoles() {
        JsonNode ignored =
                EndToEnd.metrics().get("/ops/v1/ignored", EndToEnd.opsToken()).expect(200);
        return ignored.findPath("OTHER_ROLES").asLong(0);
    }
}
