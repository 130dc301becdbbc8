package io.replymeter.local.e2e;

import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What users notice while a part of the stack is down. */
class OutageIT {

    private final Person client = Person.client();
    private final Person provider = Person.provider();

    @Test
    void withoutMetricsAProfileShowsTheLastKnownOnesAndRecovers() {
        new History().threeAnswered(client, provider, ofHours(2)).happened();
        awaitMetrics(metrics -> {
            assertThat(metrics.path("averageResponseTime").asString("")).isEqualTo("2 hours");
            assertThat(metrics.path("stale").asBoolean()).isFalse();
        });
        // They are cached in the background, up to 5 seconds after they can be read.
        await().until(() -> cachedSampleSize() == 3);
        EndToEnd.stack().metrics().close();
        try {
            JsonNode lastKnown = client.seesMetricsOf(provider);
            assertThat(lastKnown.path("averageResponseTime").asString("")).isEqualTo("2 hours");
            assertThat(lastKnown.path("stale").asBoolean()).isTrue();
            assertThat(client.seesMetricsOf(Person.provider())
                            .path("displayText")
                            .asString(""))
                    .isEqualTo("Response data temporarily unavailable");
            Person another = Person.client();
            another.writesTo(provider);
            provider.writesTo(another);
        } finally {
            EndToEnd.stack().startMetrics();
        }

        EndToEnd.stack().metrics().awaitReady();
        awaitMetrics(metrics -> {
            assertThat(metrics.path("sampleSize").asInt()).isEqualTo(4);
            assertThat(metrics.path("stale").asBoolean()).isFalse();
        });
    }

    @Test
    void messagesAreAcceptedWhileKafkaIsDownAndArriveInOrder() {
        List<Person> clients = Stream.generate(Person::client).limit(3).toList();
        List<JsonNode> first =
                clients.stream().map(person -> person.writesTo(provider)).toList();
        EndToEnd.eventLog().awaitApplied("MessageCreated", first.get(2));

        EndToEnd.stack().kafka().kill();
        try {
            for (int turn = 0; turn < 10; turn++) {
                clients.forEach(person -> provider.writesTo(person));
                clients.forEach(person -> person.writesTo(provider));
            }
            assertThat(client.seesMetricsOf(provider).isObject()).isTrue();
        } finally {
            EndToEnd.stack().kafka().restart();
        }

        for (JsonNode message : first) {
            String conversation = message.path("conversationId").asString();
            await().untilAsserted(() -> assertThat(sequences(conversation)).hasSize(21));
            assertThat(sequences(conversation))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 21).boxed().toList());
        }
        await().untilAsserted(() ->
                assertThat(provider.numbers().path("answered").asInt()).isEqualTo(3));
    }

    /** In the order of the topic. A repeated event counts where it came first. */
    private static List<Long> sequences(String conversation) {
        return EndToEnd.eventLog().of(conversation).stream()
                .map(EventLog.Event::sequence)
                .distinct()
                .toList();
    }

    private int cachedSampleSize() throws SQLException {
        try (Connection connection =
                        EndToEnd.stack().postgresql().database("messaging").connect();
                PreparedStatement query =
                        connection.prepareStatement("SELECT metrics_sample_size FROM users WHERE id = ?")) {
            query.setObject(1, provider.id());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getInt(1) : 0;
            }
        }
    }

    private void awaitMetrics(Consumer<JsonNode> assertion) {
        await().untilAsserted(() -> assertion.accept(client.seesMetricsOf(provider)));
    }
}
