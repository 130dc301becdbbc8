package io.replymeter.metrics.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SubjectTest {

    private static final UUID CONVERSATION = UUID.fromString("3f0c1d6e-8f53-4c39-9a3f-0b7f6f9b2a11");
    private static final UUID ONE = UUID.fromString("b0b0b0b0-0000-4000-8000-000000000001");
    private static final UUID OTHER = UUID.fromString("c1c1c1c1-0000-4000-8000-000000000002");

    private static final String MESSAGE = """
            {"type":"MessageCreated","extra":{"providerId":"%2$s"},"conversationId":"%1$s","senderId":"%2$s",
             "senderRole":"CLIENT","recipientId":"%3$s","recipientRole":"PROVIDER","sentAt":"never"}
            """.formatted(CONVERSATION, ONE, OTHER);

    @Test
    void theProviderIsTheAccountElseTheSideWithThatRole() {
        assertThat(of("", MESSAGE)).isEqualTo(new Subject(CONVERSATION, OTHER));
        assertThat(of("", MESSAGE.replace("CLIENT", "PROVIDER"))).isEqualTo(new Subject(CONVERSATION, ONE));
        assertThat(of("", MESSAGE.replaceFirst("\\{", "{\"providerId\":\"" + ONE + "\",")))
                .isEqualTo(new Subject(CONVERSATION, ONE));
    }

    @Test
    void whatCameBeforeTheBrokenPlaceIsRead() {
        assertThat(of("", MESSAGE.substring(0, MESSAGE.indexOf("sentAt")))).isEqualTo(new Subject(CONVERSATION, OTHER));
        assertThat(of("", MESSAGE.substring(0, MESSAGE.indexOf("recipientRole"))))
                .isEqualTo(new Subject(CONVERSATION, null));
    }

    @Test
    void theKeyNamesTheConversationWhereTheValueDoesNot() {
        assertThat(of(CONVERSATION.toString(), "not JSON")).isEqualTo(new Subject(CONVERSATION, null));
        assertThat(of("no id", "[1]")).isEqualTo(new Subject(null, null));
        assertThat(of(null, null)).isEqualTo(new Subject(null, null));
    }

    private static Subject of(@Nullable String key, @Nullable String value) {
        return Subject.of(new ConsumerRecord<>("topic", 0, 0, bytes(key), bytes(value)));
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
