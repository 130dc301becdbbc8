package io.replymeter.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.measurement.Conversation.Added;
import io.replymeter.measurement.ConversationCodec.Encoded;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which bytes; {@link ConversationTest} stores and reads conversations of every kind. */
class ConversationCodecTest {

    private static final int MOST_THREADS = 32_768;

    private final Conversation conversation = new Conversation(UUID.randomUUID());

    @Test
    void nothingIsNoBytes() {
        Encoded encoded = ConversationCodec.encode(conversation);

        assertThat(encoded.threads()).isEmpty();
        assertThat(encoded.facts()).isEmpty();
        assertThat(encoded.deletions()).isEmpty();
        assertThat(RandomConversation.stored(conversation).isEmpty()).isTrue();
    }

    @Test
    void aMessageTakes26BytesAndAThread56() {
        conversation.add(message(1, 1));
        conversation.add(message(2, 1));
        conversation.deleteMessage(new UUID(0, 1), 7);

        Encoded encoded = ConversationCodec.encode(conversation);

        assertThat(encoded.threads()).hasSize(56);
        assertThat(encoded.facts()).hasSize(2 * 26);
        assertThat(encoded.deletions()).hasSize(24);
        assertThat(encoded.extras()).isNull();
    }

    @Test
    void whatFewMessagesHaveTakesRoomOnlyWhereItOccurs() {
        UUID client = new UUID(1, 1);
        UUID account = new UUID(2, 2);
        conversation.add(message(1, 1));
        conversation.add(new Fact(new UUID(0, 2), 2, client, account, client, true, false, 9));
        conversation.add(new Fact(new UUID(0, 3), 3, client, account, new UUID(3, 3), false, true, 3));
        conversation.excuse(new UUID(0, 1), new Excuse(Excuse.By.PLATFORM, Excuse.Reason.SPAM, 4), 5);

        Encoded encoded = ConversationCodec.encode(conversation);

        assertThat(encoded.facts()).hasSize(3 * 26);
        assertThat(encoded.extras()).hasSize(8 + 16 + 34);
    }

    @Test
    void theContractsLatestTimeAndIdsOfAllBitsSurvive() {
        long latest = Micros.of(Instant.parse("9999-12-31T23:59:59.999999Z"));
        UUID account = new UUID(0, -1);
        Fact message =
                new Fact(new UUID(-1, -1), latest, new UUID(-1, 0), account, new UUID(-2, 3), false, true, latest);
        conversation.add(message);

        assertThat(RandomConversation.stored(conversation).facts()).containsExactly(message);
    }

    @Test
    void aGroupChatMayHaveManyThreads() {
        for (int client = 0; client < MOST_THREADS; client++) {
            conversation.add(message(client, client));
        }
        assertThat(RandomConversation.stored(conversation).facts()).isEqualTo(conversation.facts());

        assertThat(conversation.add(message(MOST_THREADS, MOST_THREADS))).isEqualTo(Added.FULL);
        assertThat(conversation.add(message(MOST_THREADS + 1, 7))).isEqualTo(Added.NEW);
        assertThat(ConversationCodec.encode(conversation).threads()).hasSize(MOST_THREADS * 56);
    }

    private static Fact message(int id, int client) {
        return new Fact(new UUID(0, id), id, new UUID(1, client), new UUID(2, 2), true);
    }
}
