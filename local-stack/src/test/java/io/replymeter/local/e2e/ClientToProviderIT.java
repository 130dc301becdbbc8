package io.replymeter.local.e2e;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From the question of a client to the profile of the provider. */
class ClientToProviderIT {

    private final Person client = Person.client();
    private final Person provider = Person.provider();

    @Test
    void answersAreOnTheProfile() {
        for (int i = 0; i < 3; i++) {
            Person asking = Person.client();
            asking.writesTo(provider);
            provider.writesTo(asking);
        }

        await().untilAsserted(() -> {
            JsonNode metrics = client.seesMetricsOf(provider);
            assertThat(metrics.path("responseRate").asString("")).isEqualTo("100%");
            assertThat(metrics.path("averageResponseTime").asString("")).isEqualTo("less than a minute");
        });
    }

    @Test
    void theProfileSaysWhatTheNumbersMeanAndWhatTheyRestOn() {
        History history = new History();
        history.between(client, provider).asked(ofDays(3)).answered(ofDays(3).minus(ofMinutes(150)));
        history.between(client, provider).asked(ofDays(4)).answered(ofDays(4).minus(ofHours(2)));
        history.between(client, provider).asked(ofDays(5)).answered(ofDays(5).minus(ofHours(3)));
        history.between(client, provider).asked(ofDays(6));
        history.happened();

        await().untilAsserted(() -> {
            JsonNode metrics = client.seesMetricsOf(provider);
            assertThat(metrics.path("averageResponseTime").asString("")).isEqualTo("2 hours 30 minutes");
            assertThat(metrics.path("responseRate").asString("")).isEqualTo("75%");
            assertThat(metrics.path("sampleSize").asInt()).isEqualTo(4);
            assertThat(metrics.path("basedOnDays").asInt()).isEqualTo(30);
            assertThat(metrics.path("period").asString("")).isEqualTo("Based on the last 30 days");
            assertThat(metrics.path("basis").asString("")).isEqualTo("Based on 4 inquiries in the last 30 days");
            assertThat(metrics.path("help").path("averageResponseTime").asString(""))
                    .isNotBlank();
            assertThat(metrics.path("help").path("responseRate").asString("")).contains("24 hours");
        });
    }

    @Test
    void theNumbersComeWithTheirWindowCountsAndInquiries() {
        History history = new History().threeAnswered(client, provider, ofMinutes(90));
        history.between(client, provider).asked(ofDays(4)).answered(ofDays(2));
        history.between(client, provider).asked(ofHours(1));
        history.happened();

        await().untilAsserted(() -> {
            JsonNode numbers = provider.numbers();
            assertThat(numbers.path("status").asString("")).isEqualTo("AVAILABLE");
            assertThat(numbers.path("sampleSize").asInt()).isEqualTo(4);
            assertThat(numbers.path("answered").asInt()).isEqualTo(3);
            assertThat(numbers.path("answeredLate").asInt()).isEqualTo(1);
            assertThat(numbers.path("pending").asInt()).isEqualTo(1);
            assertThat(numbers.path("responseRatePercent").asDouble()).isEqualTo(75.0);
            assertThat(numbers.path("averageResponseTimeSeconds").asDouble()).isEqualTo((3 * 5_400 + 172_800) / 4.0);
            // Medians come from a sketch (rule 7).
            assertThat(numbers.path("medianResponseTimeSeconds").asDouble()).isCloseTo(5_400, withinPercentage(2));
        });
        assertThat(provider.inquiries()).hasSize(5);
        assertThat(provider.inquiries().get(0).path("outcome").asString("")).isEqualTo("PENDING");
        JsonNode days = EndToEnd.metrics()
                .get("/api/v1/providers/" + provider.id() + "/response-metrics/daily", EndToEnd.serviceToken())
                .expect(200)
                .path("days");
        assertThat(days).hasSize(30);
        assertThat(days.valueStream()
                        .mapToInt(day -> day.path("inquiries").asInt())
                        .sum())
                .isEqualTo(5);
    }

    @Test
    void followUpsOfEitherSideChangeNothing() {
        History history = new History().threeAnswered(client, provider, ofHours(2));
        history.between(client, provider)
                .asked(ofDays(5))
                .asked(ofDays(5).minus(ofMinutes(30)))
                .answered(ofDays(5).minus(ofHours(2)))
                .answered(ofDays(5).minus(ofHours(9)))
                .asked(ofDays(5).minus(ofHours(10)))
                .answered(ofDays(5).minus(ofHours(11)));
        history.happened();

        await().untilAsserted(() -> {
            assertThat(provider.numbers().path("sampleSize").asInt()).isEqualTo(4);
            assertThat(provider.numbers().path("averageResponseTimeSeconds").asDouble())
                    .isEqualTo(7_200.0);
        });
    }

    @Test
    void automaticRepliesAreNoAnswers() {
        JsonNode question = client.writesTo(provider);
        provider.writesTo(client, "AUTO_REPLY");
        JsonNode marker = client.writesTo(provider);

        assertThat(marker.path("conversationId")).isEqualTo(question.path("conversationId"));
        await().untilAsserted(() ->
                assertThat(provider.numbers().path("pending").asInt()).isEqualTo(1));
        EndToEnd.eventLog().awaitApplied("MessageCreated", marker);
        assertThat(provider.inquiries().get(0).path("outcome").asString("")).isEqualTo("PENDING");
    }

    @Test
    void withFewerThanThreeInquiriesThereIsNoNumber() {
        History history = new History();
        history.between(client, provider).asked(ofDays(3)).answered(ofDays(3).minus(ofMinutes(5)));
        history.between(client, provider).asked(ofDays(2)).answered(ofDays(2).minus(ofMinutes(5)));
        history.happened();

        await().untilAsserted(() ->
                assertThat(provider.numbers().path("sampleSize").asInt()).isEqualTo(2));
        assertThat(provider.numbers().path("status").asString("")).isEqualTo("INSUFFICIENT_DATA");
        assertThat(provider.numbers().path("responseRatePercent").isNull()).isTrue();
        JsonNode metrics = client.seesMetricsOf(provider);
        assertThat(metrics.path("displayText").asString("")).isEqualTo("No response data available");
        assertThat(metrics.path("note").asString("")).isNotBlank();
        assertThat(metrics.has("responseRate")).isFalse();
    }

    @Test
    void importingTheSameHistoryTwiceChangesNothing() {
        History history = new History().threeAnswered(client, provider, ofHours(1));
        history.happened();
        JsonNode again = EndToEnd.messaging()
                .postCsv("/api/v1/imports", EndToEnd.adminToken(), history.csv())
                .expect(200);

        assertThat(again.path("alreadyPresent").asInt()).isEqualTo(6);
        assertThat(again.path("imported").asInt()).isZero();
        await().untilAsserted(() ->
                assertThat(provider.numbers().path("sampleSize").asInt()).isEqualTo(3));
    }

    @Test
    void providersSeeWhichConversationsMadeTheirNumber() {
        JsonNode question = client.writesTo(provider);

        await().untilAsserted(() -> {
            JsonNode inquiries = EndToEnd.messaging()
                    .get("/api/v1/me/response-metrics/inquiries", provider.token())
                    .expect(200)
                    .path("inquiries");
            assertThat(inquiries).hasSize(1);
            assertThat(inquiries.get(0).path("conversationId")).isEqualTo(question.path("conversationId"));
            assertThat(inquiries.get(0).path("outcome").asString("")).isEqualTo("PENDING");
        });
    }
}
