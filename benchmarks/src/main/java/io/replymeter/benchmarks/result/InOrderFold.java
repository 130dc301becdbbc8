package io.replymeter.benchmarks.result;

import io.replymeter.events.Event;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageDeleted;
import io.replymeter.events.MessageKind;
import io.replymeter.events.Role;
import io.replymeter.measurement.Micros;
import io.replymeter.measurement.Ruleset;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rules as one would write them for a log that is known to be in order: folds a conversation's events one by one and
 * tells what each changes. The peers use it because it costs less than Replymeter's order-independent fold. The topic loader
 * uses it so that the expected results come from other code than Replymeter's.
 *
 * <p>The state of a conversation is one byte string: provider, when the open inquiry opened, when the provider wrote last,
 * and 24 bytes a message, because a deletion may change what all later ones mean. A deleted conversation leaves an empty
 * string.
 */
public final class InOrderFold {

    private static final long NONE = Long.MIN_VALUE;
    private static final long ANSWER_WITHIN = Micros.of(Ruleset.DEFAULT.answerWithin());
    private static final long HORIZON = Micros.of(Ruleset.DEFAULT.horizon());
    private static final long SILENCE = Micros.of(Ruleset.DEFAULT.reinquirySilence());

    private static final int OPENED_AT = 16;
    private static final int PROVIDER_AT = 24;
    private static final int MESSAGES = 32;
    private static final int MESSAGE_BYTES = 24;
    private static final byte[] DELETED = {};

    private InOrderFold() {}

    /** Whether the event counts: a deletion, or a message between a client and a provider, written by a person (rule 1). */
    public static boolean counts(Event event) {
        return !(event instanceof MessageCreated message)
                || message.kind() == MessageKind.HUMAN
                        && (isFromClient(message) && message.recipientRole() == Role.PROVIDER
                                || message.senderRole() == Role.PROVIDER && message.recipientRole() == Role.CLIENT);
    }

    public static boolean isFromClient(MessageCreated message) {
        return message.senderRole() == Role.CLIENT;
    }

    public static UUID providerId(MessageCreated message) {
        return isFromClient(message) ? message.recipientId() : message.senderId();
    }

    /**
     * The state after {@code event}.
     *
     * @param state before it; null if there is none. It is not changed
     * @param event one that counts
     * @return null if nothing needs to be kept
     */
    public static byte @Nullable [] apply(byte @Nullable [] state, Event event, Consumer<ProviderDay> changes) {
        if (state != null && state.length == 0) {
            return state;
        }
        if (event instanceof MessageCreated message) {
            return add(state, message, changes);
        }
        if (event instanceof MessageDeleted deletion) {
            return state == null ? null : delete(state, deletion.messageId(), changes);
        }
        if (state != null) {
            fold(state, -1, changes);
        }
        return DELETED;
    }

    private static byte[] begin(UUID providerId) {
        return ByteBuffer.allocate(MESSAGES)
                .putLong(providerId.getMostSignificantBits())
                .putLong(providerId.getLeastSignificantBits())
                .putLong(NONE)
                .putLong(NONE)
                .array();
    }

    private static byte[] add(byte @Nullable [] state, MessageCreated message, Consumer<ProviderDay> changes) {
        byte[] before = state == null ? begin(providerId(message)) : state;
        long at = Micros.of(message.sentAt());
        boolean fromClient = isFromClient(message);
        ByteBuffer next = ByteBuffer.wrap(Arrays.copyOf(before, before.length + MESSAGE_BYTES));
        next.putLong(before.length, at << 1 | (fromClient ? 1 : 0));
        next.putLong(before.length + 8, message.messageId().getMostSignificantBits());
        next.putLong(before.length + 16, message.messageId().getLeastSignificantBits());
        step(next, at, fromClient, 1, changes);
        return next.array();
    }

    /** A client's message counts as never sent, a provider's still counts (rule 8). */
    private static byte[] delete(byte[] state, UUID messageId, Consumer<ProviderDay> changes) {
        ByteBuffer messages = ByteBuffer.wrap(state);
        for (int at = MESSAGES; at < state.length; at += MESSAGE_BYTES) {
            boolean fromClient = (messages.getLong(at) & 1) == 1;
            if (fromClient
                    && messages.getLong(at + 8) == messageId.getMostSignificantBits()
                    && messages.getLong(at + 16) == messageId.getLeastSignificantBits()) {
                fold(state, -1, changes);
                byte[] rest = Arrays.copyOf(state, state.length - MESSAGE_BYTES);
                System.arraycopy(state, at + MESSAGE_BYTES, rest, at, rest.length - at);
                return fold(rest, 1, changes);
            }
        }
        return state;
    }

    /** Folds all messages, starting with the first. */
    private static byte[] fold(byte[] state, int times, Consumer<ProviderDay> changes) {
        ByteBuffer folded = ByteBuffer.wrap(state.clone());
        folded.putLong(OPENED_AT, NONE).putLong(PROVIDER_AT, NONE);
        for (int at = MESSAGES; at < state.length; at += MESSAGE_BYTES) {
            long message = folded.getLong(at);
            step(folded, message >> 1, (message & 1) == 1, times, changes);
        }
        return folded.array();
    }

    /** Rules 3 and 4. */
    private static void step(ByteBuffer state, long at, boolean fromClient, int times, Consumer<ProviderDay> changes) {
        long openedAt = state.getLong(OPENED_AT);
        long providerAt = state.getLong(PROVIDER_AT);
        boolean isOpen = openedAt != NONE && at - openedAt <= HORIZON;
        if (!fromClient) {
            if (isOpen) {
                boolean inTime = at - openedAt <= ANSWER_WITHIN;
                changes.accept(
                        change(state, openedAt, 0, inTime ? times : 0, inTime ? 0 : times, times * (at - openedAt)));
            }
            state.putLong(OPENED_AT, NONE).putLong(PROVIDER_AT, at);
        } else if (!isOpen && (providerAt == NONE || at - providerAt >= SILENCE)) {
            state.putLong(OPENED_AT, at);
            changes.accept(change(state, at, times, 0, 0, 0));
        }
    }

    private static ProviderDay change(
            ByteBuffer state, long openedAt, int inquiries, int inTime, int late, long micros) {
        UUID providerId = new UUID(state.getLong(0), state.getLong(8));
        return new ProviderDay(providerId, Micros.epochDay(openedAt), inquiries, inTime, late, micros);
    }
}
