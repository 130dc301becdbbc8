package io.replymeter.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.replymeter.events.InquiryExcused.ExcusedBy;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An event that breaks the contract cannot be constructed. */
class EventTest {

    private static final UUID ID = UUID.fromString("7D9F2B64-1c1e-4f0a-8a77-52f3c7f0e6b1");
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void nobodyWritesToThemselves() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> message(ID, NOW, null))
                .withMessageStartingWith("recipientId");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void sequencesStartAt1(long sequence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> message(new UUID(1, 1), NOW, sequence))
                .withMessage("sequence is below 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31T23:59:59.999999999Z", "+10000-01-01T00:00:00Z", "-1000000000-01-01T00:00:00Z"})
    void timesLieInTheYears1970To9999(Instant time) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> message(new UUID(1, 1), time, null))
                .withMessage("sentAt is outside of the years 1970 to 9999");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MessageDeleted(ID, ID, time))
                .withMessage("deletedAt is outside of the years 1970 to 9999");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConversationDeleted(ID, time))
                .withMessage("deletedAt is outside of the years 1970 to 9999");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InquiryExcused(ID, ID, ExcuseReason.SPAM, ExcusedBy.PLATFORM, time))
                .withMessage("excusedAt is outside of the years 1970 to 9999");
    }

    @Test
    void timesAreCutToWholeMicroseconds() {
        Instant time = NOW.plusNanos(1_999);
        Instant kept = NOW.plusNanos(1_000);

        assertThat(message(new UUID(1, 1), time, null).sentAt()).isEqualTo(kept);
        assertThat(new MessageDeleted(ID, ID, time).deletedAt()).isEqualTo(kept);
        assertThat(new ConversationDeleted(ID, time).deletedAt()).isEqualTo(kept);
    }

    @Test
    void anAccountIsNeverTheClient() {
        UUID client = new UUID(1, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ofAccount(client, Role.CLIENT, ID, Role.PROVIDER, client))
                .withMessageStartingWith("providerId is the client's");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ofAccount(ID, Role.PROVIDER, client, Role.CLIENT, client))
                .withMessageStartingWith("providerId is the client's");
        assertThat(ofAccount(ID, Role.PROVIDER, client, Role.CLIENT, ID).providerId())
                .isEqualTo(ID);
    }

    private static MessageCreated ofAccount(
            UUID sender, Role senderRole, UUID recipient, Role recipientRole, UUID provider) {
        return new MessageCreated(
                ID, ID, sender, senderRole, recipient, recipientRole, MessageKind.HUMAN, NOW, null, provider, null);
    }

    @Test
    void theKeyIsTheConversationInLowerCase() {
        assertThat(MessageEventsTopic.key(ID)).isEqualTo("7d9f2b64-1c1e-4f0a-8a77-52f3c7f0e6b1");
    }

    private static MessageCreated message(UUID recipient, Instant sentAt, @Nullable Long sequence) {
        return new MessageCreated(
                ID, ID, ID, Role.CLIENT, recipient, Role.PROVIDER, MessageKind.HUMAN, sentAt, sequence);
    }
}
