package io.replymeter.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.replymeter.measurement.ConversationCodec.Encoded;
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
    }

    @Test
    void timesBefore1970AndIdsOfAllBitsSurvive() {
        Fact message = new Fact(new UUID(-1, -1), -1, new UUID(-1, 0), new UUID(0, -1), false);
        conversation.add(message);

        assertThat(RandomConversation.stored(conversation).facts()).containsExactly(message);
    }

    @Test
    void aGroupChatMayHaveManyThreads() {
        for (int client = 0; client < MOST_THREADS; client++) {
            conversation.add(message(client, client));
        }
        assertThat(RandomConversation.stored(conversation).facts()).isEqualTo(conversation.facts());

        conversation.add(message(MOST_THREADS, MOST_THREADS));
        assertThatIllegalStateException().isThrownBy(() -> ConversationCodec.encode(conversation));
    }

    private static Fact message(int id, int client) {
        return new Fact(new UUID(0, id), id, new UUID(1, client), new UUID(2, 2), true);
    }
}
