package io.replymeter.local.e2e;

import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a provider may try for a better number, and what comes of it. RATIONALE.md says why what is allowed is allowed. */
class HonestNumbersIT {

    private final Person client = Person.client();
    private final Person provider = Person.provider();

    private JsonNode question;

    @BeforeEach
    void aQuestionThatWaits() {
        question = client.writesTo(provider);
        awaitOutcome("PENDING");
    }

    @Test
    void whoDeletesTheQuestionDoesNot() {
        provider.deletesMessage(question).expectProblem(403);

        assertStays("PENDING");
    }

    @Test
    void whoDeletesABadAnswerKeepsItsTime() {
        JsonNode answer = provider.writesTo(client);
        awaitOutcome("ANSWERED");
        String respondedAt = inquiry().path("respondedAt").asString();

        provider.deletesMessage(answer).expect(204);

        EndToEnd.eventLog().awaitApplied("MessageDeleted", answer);
        assertThat(inquiry().path("respondedAt").asString()).isEqualTo(respondedAt);
    }

    @Test
    void whoAnswersByMachineHasNotAnswered() {
        JsonNode reply = provider.writesTo(client, "AUTO_REPLY");

        EndToEnd.eventLog().awaitApplied("MessageCreated", reply);
        assertStays("PENDING");
    }

    @Test
    void whoAnswersWithABlankIsRefused() {
        for (String blank : new String[] {" ", "\u200b", "\u2060\ufeff", "\u3164", "\u2800", "\u00ad\n"}) {
            EndToEnd.messaging()
                    .post("/api/v1/messages", provider.token(), Map.of("recipientId", client.id(), "body", blank))
                    .expectProblem(400);
        }

        assertStays("PENDING");
    }

    /** The client sees that a message was deleted, and asks again after a day's silence at the latest. */
    @Test
    void whoAnswersAndDeletesAtOnceHasAnsweredAndTheClientSeesADeletedMessage() {
        JsonNode answer = provider.writesTo(client);
        provider.deletesMessage(answer).expect(204);

        awaitOutcome("ANSWERED");
        EndToEnd.eventLog().awaitApplied("MessageDeleted", answer);
        assertStays("ANSWERED");
        JsonNode seen = messagesOfTheClient().path(0);
        assertThat(seen.path("messageId")).isEqualTo(answer.path("messageId"));
        assertThat(seen.path("body").isNull()).isTrue();
        assertThat(seen.path("deletedAt").isNull()).isFalse();
    }

    @Test
    void whoReplaysAnIdempotencyKeyAnswersNobodyElse() {
        Map<String, Object> answer = Map.of("recipientId", client.id(), "body", "Yes.");
        JsonNode first = EndToEnd.messaging()
                .postOnce("/api/v1/messages", provider.token(), "the-one-answer", answer)
                .expect(201);
        awaitOutcome("ANSWERED");
        Person another = Person.client();
        JsonNode second = another.writesTo(provider);
        EndToEnd.eventLog().awaitApplied("MessageCreated", second);

        JsonNode again = EndToEnd.messaging()
                .postOnce("/api/v1/messages", provider.token(), "the-one-answer", answer)
                .expect(201);
        EndToEnd.messaging()
                .postOnce(
                        "/api/v1/messages",
                        provider.token(),
                        "the-one-answer",
                        Map.of("recipientId", another.id(), "body", "Yes."))
                .expectProblem(422);

        assertThat(again.path("messageId")).isEqualTo(first.path("messageId"));
        assertThat(provider.inquiries())
                .extracting(inquiry -> inquiry.path("outcome").asString())
                .containsExactlyInAnyOrder("ANSWERED", "PENDING");
    }

    @Test
    void whoHidesTheConversationStillOwesAnAnswer() {
        provider.deletesConversationOf(question).expect(204);

        JsonNode reminder = client.writesTo(provider);
        EndToEnd.eventLog().awaitApplied("MessageCreated", reminder);
        assertStays("PENDING");
    }

    /** Rule 3: a reply to somebody who writes by themselves is no inquiry. Operators are told (AutomaticLookingTest). */
    @Test
    void whoWritesEvery23HoursHasNoInquiriesAndSoNoNumber() {
        Person steady = Person.provider();
        History history = new History();
        History.Dialogue dialogue = history.between(client, steady);
        for (int i = 24; i > 0; i--) {
            dialogue.answered(ofHours(23L * i)).asked(ofHours(23L * i - 12));
        }
        history.happened();
        JsonNode last = steady.writesTo(client);
        EndToEnd.eventLog().awaitApplied("MessageCreated", last);

        JsonNode numbers = steady.numbers();
        assertThat(numbers.path("status").asString()).isEqualTo("INSUFFICIENT_DATA");
        assertThat(numbers.path("sampleSize").asInt()).isZero();
        assertThat(numbers.path("responseRatePercent").isNull()).isTrue();
    }

    /** It is seen by nobody but an operator who looks: all inquiries are of one client. */
    @Test
    void whoAsksThemselvesFromAnAccountOfTheirOwnIsCountedAndSeenBehindTheNumber() {
        Person alias = Person.client();
        Person vain = Person.provider();
        new History().threeAnswered(alias, vain, ofHours(1)).happened();

        await().untilAsserted(() ->
                assertThat(vain.numbers().path("status").asString()).isEqualTo("AVAILABLE"));
        assertThat(vain.inquiries())
                .hasSize(3)
                .allSatisfy(inquiry -> assertThat(inquiry.path("clientId").asString())
                        .isEqualTo(alias.id().toString()));
    }

    private JsonNode messagesOfTheClient() {
        return EndToEnd.messaging()
                .get(
                        "/api/v1/conversations/"
                                + question.path("conversationId").asString() + "/messages",
                        client.token())
                .expect(200)
                .path("messages");
    }

    private JsonNode inquiry() {
        assertThat(provider.inquiries()).hasSize(1);
        return provider.inquiries().path(0);
    }

    private void awaitOutcome(String outcome) {
        await().untilAsserted(() -> assertStays(outcome));
    }

    private void assertStays(String outcome) {
        assertThat(inquiry().path("outcome").asString()).isEqualTo(outcome);
    }
}
