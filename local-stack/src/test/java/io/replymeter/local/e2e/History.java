package io.replymeter.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Past messages to import. Times are given as how long ago, counted back from when the history was created. */
final class History {

    static final String HEADER = "message_id,conversation_id,client_id,provider_id,sender_role,sent_at\n";

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private final List<String> rows = new ArrayList<>();

    /** Begins a conversation. Its messages are added oldest first. */
    Dialogue between(Person client, Person provider) {
        return new Dialogue(UUID.randomUUID(), client, provider);
    }

    /** Three conversations of two days ago, each answered after {@code responseTime}: enough for numbers. */
    History threeAnswered(Person client, Person provider, Duration responseTime) {
        Duration asked = Duration.ofDays(2);
        for (int i = 0; i < 3; i++) {
            between(client, provider).asked(asked).answered(asked.minus(responseTime));
        }
        return this;
    }

    /** Imports the history and expects that every row is imported. */
    void happened() {
        JsonNode result = EndToEnd.messaging()
                .postCsv("/api/v1/imports", EndToEnd.adminToken(), csv())
                .expect(200);
        assertThat(result.path("imported").asInt()).as(result.toString()).isEqualTo(rows.size());
    }

    String csv() {
        return HEADER + String.join("\n", rows) + "\n";
    }

    /** One conversation. */
    final class Dialogue {

        private final UUID conversation;
        private final Person client;
        private final Person provider;

        Dialogue(UUID conversation, Person client, Person provider) {
            this.conversation = conversation;
            this.client = client;
            this.provider = provider;
        }

        Dialogue asked(Duration ago) {
            return message("CLIENT", ago);
        }

        Dialogue answered(Duration ago) {
            return message("PROVIDER", ago);
        }

        private Dialogue message(String sender, Duration ago) {
            rows.add(String.join(
                    ",",
                    UUID.randomUUID().toString(),
                    conversation.toString(),
                    client.id().toString(),
                    provider.id().toString(),
                    sender,
                    now.minus(ago).toString()));
            return this;
        }
    }
}
