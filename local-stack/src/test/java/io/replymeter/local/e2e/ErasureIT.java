package io.replymeter.local.e2e;

import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who is erased counts nowhere any more, now and after a rebuild; who is deactivated still counts. */
class ErasureIT {

    private final Person erased = Person.client();
    private final Person client = Person.client();
    private final Person provider = Person.provider();

    @Test
    void theNumbersOfOthersAreThoseWithoutTheErasedUserAlsoAfterARebuild() {
        new History()
                .threeAnswered(client, provider, ofHours(1))
                .threeAnswered(erased, provider, ofHours(5))
                .happened();
        String conversation = erased.writesTo(provider).path("conversationId").asString();
        awaitAnswered(6, 3 * 3600);

        EndToEnd.messaging()
                .delete("/api/v1/users/" + erased.id(), erased.token())
                .expect(202);

        await().until(() -> EndToEnd.messaging()
                        .delete("/api/v1/users/" + erased.id(), EndToEnd.adminToken())
                        .status()
                == 204);
        awaitAnswered(3, 3600);
        EndToEnd.messaging()
                .get("/api/v1/clients/" + erased.id() + "/profile", client.token())
                .expectProblem(404);
        EndToEnd.messaging().get("/api/v1/conversations", erased.token()).expectProblem(403);
        assertThat(EndToEnd.eventLog().of(conversation))
                .extracting(EventLog.Event::type)
                .last()
                .isEqualTo("ConversationDeleted");

        afterARebuild(() -> {
            assertNumbers(3, 3600);
            assertThat(provider.inquiries())
                    .allSatisfy(inquiry -> assertThat(inquiry.path("clientId").asString())
                            .isEqualTo(client.id().toString()));
        });
    }

    @Test
    void theNumbersOfADeactivatedProviderStay() {
        new History().threeAnswered(client, provider, ofHours(1)).happened();
        awaitAnswered(3, 3600);
        String deactivation = "/api/v1/users/" + provider.id() + "/deactivation";

        EndToEnd.messaging().post(deactivation, EndToEnd.adminToken(), Map.of()).expect(204);

        EndToEnd.messaging()
                .get("/api/v1/me/response-metrics", provider.token())
                .expectProblem(403);
        EndToEnd.messaging()
                .get("/api/v1/providers/" + provider.id() + "/profile", client.token())
                .expectProblem(404);
        assertNumbers(3, 3600);

        EndToEnd.messaging().delete(deactivation, EndToEnd.adminToken()).expect(204);

        await().untilAsserted(() -> assertThat(
                        client.seesMetricsOf(provider).path("responseRate").asString(""))
                .isEqualTo("100%"));
    }

    /** Checks the numbers of a generation that was replayed from the topic, and leaves everything as it was. */
    private static void afterARebuild(Runnable check) {
        JsonNode started = rebuilds("", Map.of("acceptTruncatedHistory", false)).expect(201);
        String path = "/" + started.path("generation").asInt();
        await().until(() -> List.of("READY", "FAILED", "PAUSED").contains(state(path)));
        rebuilds(path + "/switch", Map.of()).expect(200);
        try {
            check.run();
        } finally {
            rebuilds(path + "/rollback", Map.of()).expect(200);
            rebuilds(path + "/cancel", Map.of()).expect(200);
            await().until(() -> !EndToEnd.metrics()
                    .get("/ops/v1/rebuilds" + path, EndToEnd.opsToken())
                    .expect(200)
                    .path("removedAt")
                    .isNull());
        }
    }

    private static Api.Answer rebuilds(String path, Map<String, ?> body) {
        return EndToEnd.metrics().post("/ops/v1/rebuilds" + path, EndToEnd.opsToken(), body);
    }

    private static String state(String path) {
        return EndToEnd.metrics()
                .get("/ops/v1/rebuilds" + path, EndToEnd.opsToken())
                .expect(200)
                .path("state")
                .asString();
    }

    private void awaitAnswered(int answered, double average) {
        await().untilAsserted(() -> assertNumbers(answered, average));
    }

    private void assertNumbers(int answered, double average) {
        JsonNode numbers = provider.numbers();
        assertThat(numbers.path("answered").asInt()).isEqualTo(answered);
        assertThat(numbers.path("averageResponseTimeSeconds").asDouble()).isEqualTo(average);
    }
}
