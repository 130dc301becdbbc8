package io.replymeter.local.e2e;

import static java.time.Duration.ofDays;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Errors that users meet. Each is a problem document that says what to do, and nothing is written halfway. */
class ErrorsIT {

    private final Person client = Person.client();
    private final Person provider = Person.provider();

    @Test
    void anUnknownRecipientOneselfAndAnImpossibleBodyAreRefused() {
        assertThat(send(UUID.randomUUID().toString(), "Hello").status()).isBetween(400, 422);
        assertThat(send(client.id().toString(), "Hello").status()).isBetween(400, 422);
        send(provider.id().toString(), " ").expectProblem(400);
        send(provider.id().toString(), "x".repeat(10_001)).expectProblem(400);
        send("no-uuid", "Hello").expectProblem(400);

        assertThat(conversations(client)).isEmpty();
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeItIsSent() {
        assertThat(announce("/api/v1/messages", client.token(), 65_537)).isEqualTo(413);
        assertThat(announce("/api/v1/imports", EndToEnd.adminToken(), 16 * 1024 * 1024 + 1))
                .isEqualTo(413);
    }

    private static int announce(String path, String token, int bytes) {
        String headers = "Authorization: Bearer " + token + "\r\nContent-Length: " + bytes + "\r\n";
        return new RawRequest("POST", path, headers, "")
                .send(EndToEnd.stack().messaging().port())
                .status();
    }

    @Test
    void profilesOfNobodyAndOfOthersAtTheWrongPathAreNotFound() {
        EndToEnd.messaging()
                .get("/api/v1/providers/" + UUID.randomUUID() + "/profile", client.token())
                .expectProblem(404);
        EndToEnd.messaging()
                .get("/api/v1/clients/" + provider.id() + "/profile", client.token())
                .expectProblem(404);
        EndToEnd.messaging()
                .get("/api/v1/providers/no-uuid/profile", client.token())
                .expectProblem(400);
    }

    @Test
    void aCursorThatIsNotOursIsRefused() {
        EndToEnd.messaging()
                .get("/api/v1/conversations?cursor=rubbish", client.token())
                .expectProblem(400);
        EndToEnd.metrics()
                .get("/api/v1/providers/" + provider.id() + "/inquiries?cursor=rubbish", EndToEnd.serviceToken())
                .expectProblem(400);
    }

    @Test
    void aHundredProvidersAtOnceAreFineOneMoreIsNot() {
        assertThat(batch(100).expect(200).path("metrics")).hasSize(100);
        batch(101).expectProblem(400);
    }

    @Test
    void aProviderNobodyKnowsHasNoNumbers() {
        JsonNode numbers = new Person(UUID.randomUUID(), "PROVIDER").numbers();

        assertThat(numbers.path("status").asString("")).isEqualTo("INSUFFICIENT_DATA");
        assertThat(numbers.path("sampleSize").asInt()).isZero();
    }

    @Test
    void goodRowsOfAnImportGoInAndBadOnesAreListedWithTheirLines() {
        History good = new History().threeAnswered(client, provider, ofDays(1));
        String future = "%s,%s,%s,%s,CLIENT,2999-01-01T00:00:00Z"
                .formatted(UUID.randomUUID(), UUID.randomUUID(), client.id(), provider.id());

        JsonNode result = EndToEnd.messaging()
                .postCsv(
                        "/api/v1/imports?firstLine=100",
                        EndToEnd.adminToken(),
                        good.csv() + "rubbish\n" + future + "\n")
                .expect(200);

        assertThat(result.path("imported").asInt()).isEqualTo(6);
        assertThat(result.path("rejected").asInt()).isEqualTo(2);
        assertThat(result.path("errors")
                        .valueStream()
                        .map(error -> error.path("line").asInt()))
                .containsExactly(106, 107);
        assertThat(result.path("errors")
                        .valueStream()
                        .map(error -> error.path("reason").asString("")))
                .allSatisfy(reason -> assertThat(reason).isNotBlank());
    }

    @Test
    void anUnreadableImportWritesNothing() {
        History good = new History().threeAnswered(client, provider, ofDays(1));

        unreadable("name,age\nAnn,3\n");
        unreadable(good.csv() + "\"a quote that is never closed\n");

        assertThat(conversations(client)).isEmpty();
        assertThat(conversations(provider)).isEmpty();
        EndToEnd.eventLog().awaitApplied("MessageCreated", client.writesTo(provider));
        assertThat(provider.inquiries()).hasSize(1);
    }

    private static void unreadable(String csv) {
        EndToEnd.messaging()
                .postCsv("/api/v1/imports", EndToEnd.adminToken(), csv)
                .expectProblem(400);
    }

    private static JsonNode conversations(Person person) {
        return EndToEnd.messaging()
                .get("/api/v1/conversations", person.token())
                .expect(200)
                .path("conversations");
    }

    private Api.Answer send(String recipient, String body) {
        return EndToEnd.messaging()
                .post("/api/v1/messages", client.token(), Map.of("recipientId", recipient, "body", body));
    }

    private static Api.Answer batch(int size) {
        String query = Stream.generate(() -> "providerId=" + UUID.randomUUID())
                .limit(size)
                .collect(Collectors.joining("&"));
        return EndToEnd.metrics().get("/api/v1/response-metrics?" + query, EndToEnd.serviceToken());
    }
}
