package io.replymeter.local.e2e;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The stack with 2,000 providers and about 200,000 messages. */
class VolumeIT {

    private static final Volume VOLUME = new Volume();

    @BeforeAll
    static void aMonthOfMessagesHappens() {
        long before = EndToEnd.eventLog().size();
        VOLUME.happened();
        EndToEnd.eventLog().awaitAllApplied(before + Volume.MESSAGES);
    }

    @Test
    void everyProvidersNumbersAreExact() {
        for (int first = 0; first < Volume.PROVIDERS; first += 100) {
            List<Person> some = VOLUME.providers().subList(first, first + 100);
            JsonNode metrics = numbersOf(some);
            for (int i = 0; i < some.size(); i++) {
                assertNumbers(metrics.path(i), first + i);
            }
        }
    }

    @Test
    void everyLayerAgreesWithTheOneBelow() {
        JsonNode report =
                EndToEnd.metrics().get("/ops/v1/integrity", EndToEnd.opsToken()).expect(200);

        assertThat(report.path("differences").asLong(-1)).as(report.toString()).isZero();
        assertThat(report.path("inquiries").asLong()).isGreaterThanOrEqualTo(Volume.PROVIDERS * Volume.INQUIRIES);
    }

    @Test
    void noStatementReadsALargeTableAsAWhole() {
        QueryPlans plans = new QueryPlans(EndToEnd.stack().postgresql(), EndToEnd.log("postgresql"));
        plans.beginLogging();
        try {
            useEverything();
            await("the clean-up")
                    .pollInterval(ofSeconds(1))
                    .until(() -> plans.statements().stream()
                            .anyMatch(statement -> statement.startsWith("DELETE FROM daily_metrics")));
        } finally {
            plans.endLogging();
        }

        assertThat(plans.largeTables()).contains("messages", "conversations");
        assertThat(plans.statements()).hasSizeGreaterThan(40);
        assertThat(plans.wasteful()).isEmpty();
    }

    @Test
    void aStatementThatDidWouldBeFound() {
        QueryPlans plans = new QueryPlans(EndToEnd.stack().postgresql(), EndToEnd.log("postgresql"));
        plans.beginLogging();
        try {
            plans.execute("messaging", "SELECT * FROM messages WHERE body = 'What nobody says.'");
        } finally {
            plans.endLogging();
        }

        assertThat(plans.wasteful()).anySatisfy(found -> assertThat(found).contains("on messages", "What nobody says"));
    }

    private static void assertNumbers(JsonNode numbers, int provider) {
        assertThat(numbers.path("providerId").asString(""))
                .isEqualTo(VOLUME.providers().get(provider).id().toString());
        assertThat(numbers.path("sampleSize").asInt()).isGreaterThanOrEqualTo(Volume.INQUIRIES);
        assertThat(numbers.path("answered").asInt()).isGreaterThanOrEqualTo(Volume.ANSWERED);
        assertThat(numbers.path("medianResponseTimeSeconds").asDouble())
                .isCloseTo(Volume.responseTime(provider).toSeconds(), withinPercentage(2));
    }

    private static JsonNode numbersOf(List<Person> providers) {
        String query = providers.stream()
                .map(provider -> "providerId=" + provider.id())
                .collect(Collectors.joining("&"));
        return EndToEnd.metrics()
                .get("/api/v1/response-metrics?" + query, EndToEnd.serviceToken())
                .expect(200)
                .path("metrics");
    }

    /** Makes every kind of request for people with a history, and waits for the events that follow. */
    private static void useEverything() {
        Person provider = VOLUME.providers().get(0);
        Person client = VOLUME.client(0, 1);
        write(client, provider);
        read(client, provider);
        readMetrics(provider);
        new History().threeAnswered(client, provider, ofHours(2)).happened();
        delete(VOLUME.client(0, 2), provider);
        Person last = Person.client();
        EndToEnd.eventLog().awaitApplied("MessageCreated", last.writesTo(provider));
        await().untilAsserted(() -> assertThat(
                        last.seesMetricsOf(provider).path("stale").asBoolean())
                .isFalse());
    }

    private static void write(Person client, Person provider) {
        client.writesTo(provider);
        provider.writesTo(client);
        Map<String, Object> message = Map.of("recipientId", provider.id(), "body", "Once.");
        String key = UUID.randomUUID().toString();
        JsonNode first = EndToEnd.messaging()
                .postOnce("/api/v1/messages", client.token(), key, message)
                .expect(201);
        JsonNode again = EndToEnd.messaging()
                .postOnce("/api/v1/messages", client.token(), key, message)
                .expect(201);
        assertThat(again.path("messageId")).isEqualTo(first.path("messageId"));
        EndToEnd.messaging()
                .patch("/api/v1/me/profile", provider.token(), Map.of("bio", "Since 1998."))
                .expect(200);
    }

    private static void read(Person client, Person provider) {
        for (Person person : List.of(client, provider)) {
            JsonNode conversations = pages("/api/v1/conversations?limit=10", person.token());
            String id = conversations
                    .path("conversations")
                    .path(0)
                    .path("conversationId")
                    .asString("");
            pages("/api/v1/conversations/" + UUID.fromString(id) + "/messages?limit=1", person.token());
            person.seesMetricsOf(provider);
        }
        EndToEnd.messaging()
                .get("/api/v1/me/response-metrics", provider.token())
                .expect(200);
        pages("/api/v1/providers?limit=10", client.token());
        // On a busy machine, metrics-service may miss the time that messaging-service waits for it.
        await().untilAsserted(() -> {
            pages("/api/v1/me/response-metrics/inquiries?limit=5", provider.token());
            for (String behind : List.of("daily", "distribution")) {
                EndToEnd.messaging()
                        .get("/api/v1/me/response-metrics/" + behind, provider.token())
                        .expect(200);
            }
        });
    }

    private static void readMetrics(Person provider) {
        provider.numbers();
        numbersOf(VOLUME.providers().subList(0, 100));
        String path = "/api/v1/providers/" + provider.id();
        String token = EndToEnd.serviceToken();
        EndToEnd.metrics().get(path + "/response-metrics/daily", token).expect(200);
        for (String outcome : Set.of("ANSWERED", "ANSWERED_LATE", "PENDING", "OVERDUE", "NO_RESPONSE")) {
            EndToEnd.metrics()
                    .get(path + "/inquiries?limit=5&outcome=" + outcome, token)
                    .expect(200);
        }
        JsonNode first =
                EndToEnd.metrics().get(path + "/inquiries?limit=5", token).expect(200);
        EndToEnd.metrics()
                .get(
                        path + "/inquiries?limit=5&cursor="
                                + first.path("nextCursor").asString(),
                        token)
                .expect(200);
        EndToEnd.metrics().get("/ops/v1/ignored", EndToEnd.opsToken()).expect(200);
        EndToEnd.metrics().get("/ops/v1/quarantine", EndToEnd.opsToken()).expect(200);
    }

    private static void delete(Person client, Person provider) {
        JsonNode message = client.writesTo(provider);
        JsonNode answer = provider.writesTo(client);
        client.deletesMessage(message).expect(204);
        provider.deletesConversationOf(answer).expect(204);
        client.deletesConversationOf(answer).expect(204);
    }

    /** Reads the first page and, if there is one, the second. Returns the first. */
    private static JsonNode pages(String path, String token) {
        JsonNode page = EndToEnd.messaging().get(path, token).expect(200);
        String cursor = page.path("nextCursor").asString("");
        if (!cursor.isEmpty()) {
            EndToEnd.messaging().get(path + "&cursor=" + cursor, token).expect(200);
        }
        return page;
    }
}
