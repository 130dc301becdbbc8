package io.replymeter.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What deleting does to the numbers (rule 8). */
class DeletionIT {

    private final Person client = Person.client();
    private final Person provider = Person.provider();

    @Test
    void aClientsDeletedMessageCountsAsNeverSent() {
        JsonNode question = client.writesTo(provider);
        awaitInquiries(1);

        client.deletesMessage(question).expect(204);

        awaitInquiries(0);
    }

    @Test
    void aProvidersDeletedAnswerStillCounts() {
        client.writesTo(provider);
        JsonNode answer = provider.writesTo(client);
        awaitOutcome("ANSWERED");

        provider.deletesMessage(answer).expect(204);

        EndToEnd.eventLog().awaitApplied("MessageDeleted", answer);
        assertThat(provider.inquiries().get(0).path("outcome").asString("")).isEqualTo("ANSWERED");
    }

    @Test
    void aConversationDeletedByItsClientTakesItsInquiriesAlong() {
        JsonNode question = client.writesTo(provider);
        provider.writesTo(client);
        awaitOutcome("ANSWERED");

        client.deletesConversationOf(question).expect(204);

        awaitInquiries(0);
        EndToEnd.messaging().get(messages(question), provider.token()).expectProblem(404);
    }

    @Test
    void aProviderWhoDeletesAConversationOnlyHidesIt() {
        JsonNode question = client.writesTo(provider);
        awaitInquiries(1);

        provider.deletesConversationOf(question).expect(204);

        EndToEnd.messaging().get(messages(question), provider.token()).expectProblem(404);
        assertThat(EndToEnd.messaging()
                        .get(messages(question), client.token())
                        .expect(200)
                        .path("messages"))
                .hasSize(1);
        JsonNode marker = client.writesTo(provider);
        EndToEnd.eventLog().awaitApplied("MessageCreated", marker);
        assertThat(provider.inquiries()).hasSize(1);
        assertThat(EndToEnd.eventLog().of(question.path("conversationId").asString()))
                .extracting(EventLog.Event::type)
                .doesNotContain("ConversationDeleted");
    }

    @Test
    void nobodyDeletesWhatIsNotTheirs() {
        JsonNode question = client.writesTo(provider);

        provider.deletesMessage(question).expectProblem(403);
        Person.client().deletesConversationOf(question).expectProblem(404);
    }

    private static String messages(JsonNode message) {
        return "/api/v1/conversations/" + message.path("conversationId").asString() + "/messages";
    }

    private void awaitInquiries(int expected) {
        await().untilAsserted(() -> assertThat(provider.inquiries()).hasSize(expected));
    }

    private void awaitOutcome(String expected) {
        await().untilAsserted(() -> assertThat(
                        provider.inquiries().path(0).path("outcome").asString(""))
                .isEqualTo(expected));
    }
}
