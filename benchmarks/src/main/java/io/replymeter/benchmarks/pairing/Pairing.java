package io.replymeter.benchmarks.pairing;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Folds a conversation's events, one by one and in order, and says what each changes. The state of a conversation is one
 * byte string: provider, when the open inquiry opened, when the provider wrote last, and 24 bytes a message, because a
 * deletion may change what all later ones mean. Of a deleted conversation nothing is left.
 */
public final class Pairing {

    private static final long NONE = Long.MIN_VALUE;
    private static final long ANSWER_WITHIN = TimeUnit.HOURS.toMicros(24);
    private static final long HORIZON = TimeUnit.DAYS.toMicros(7);
    private static final long SILENCE = TimeUnit.HOURS.toMicros(24);
    private static final long DAY = TimeUnit.DAYS.toMicros(1);

    private static final int OPENED_AT = 16;
    private static final int PROVIDER_AT = 24;
    private static final int MESSAGES = 32;
    private static final int MESSAGE_BYTES = 24;
    private static final byte[] DELETED = {};

    private Pairing() {}

    /**
     * The state after {@code event}.
     *
     * @param state before it; null if there is none. It is not changed
     * @return null if nothing needs to be kept
     */
    public static byte @Nullable [] apply(byte @Nullable [] state, PairingEvent event, DailyChanges changes) {
        if (state != null && state.length == 0) {
            return state;
        }
        switch (event.type()) {
            case MESSAGE:
                return add(state == null ? begin(requireNonNull(event.providerId())) : state, event, changes);
            case MESSAGE_DELETED:
                return state == null ? null : delete(state, requireNonNull(event.messageId()), changes);
            case CONVERSATION_DELETED:
                if (state != null) {
                    fold(state, -1, changes);
                }
                return DELETED;
        }
        throw new IllegalStateException();
    }

    private static byte[] begin(UUID providerId) {
        return ByteBuffer.allocate(MESSAGES)
                .putLong(providerId.getMostSignificantBits())
                .putLong(providerId.getLeastSignificantBits())
                .putLong(NONE)
                .putLong(NONE)
                .array();
    }

    private static byte[] add(byte[] state, PairingEvent event, DailyChanges changes) {
        UUID messageId = requireNonNull(event.messageId());
        ByteBuffer next = ByteBuffer.wrap(Arrays.copyOf(state, state.length + MESSAGE_BYTES));
        next.putLong(state.length, event.at() << 1 | (event.fromClient() ? 1 : 0));
        next.putLong(state.length + 8, messageId.getMostSignificantBits());
        next.putLong(state.length + 16, messageId.getLeastSignificantBits());
        step(next, event.at(), event.fromClient(), 1, changes);
        return next.array();
    }

    /** A client's message counts as never sent, a provider's still counts (rule 8). */
    private static byte[] delete(byte[] state, UUID messageId, DailyChanges changes) {
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

    /** Folds all of the messages anew. */
    private static byte[] fold(byte[] state, int times, DailyChanges changes) {
        ByteBuffer folded = ByteBuffer.wrap(state.clone());
        folded.putLong(OPENED_AT, NONE).putLong(PROVIDER_AT, NONE);
        for (int at = MESSAGES; at < state.length; at += MESSAGE_BYTES) {
            long message = folded.getLong(at);
            step(folded, message >> 1, (message & 1) == 1, times, changes);
        }
        return folded.array();
    }

    /** Rules 3 and 4. */
    private static void step(ByteBuffer state, long at, boolean fromClient, int times, DailyChanges changes) {
        long openedAt = state.getLong(OPENED_AT);
        long providerAt = state.getLong(PROVIDER_AT);
        boolean isOpen = openedAt != NONE && at - openedAt <= HORIZON;
        if (!fromClient) {
            if (isOpen) {
                boolean inTime = at - openedAt <= ANSWER_WITHIN;
                change(state, openedAt, changes, 0, inTime ? times : 0, inTime ? 0 : times, times * (at - openedAt));
            }
            state.putLong(OPENED_AT, NONE).putLong(PROVIDER_AT, at);
        } else if (!isOpen && (providerAt == NONE || at - providerAt >= SILENCE)) {
            state.putLong(OPENED_AT, at);
            change(state, at, changes, times, 0, 0, 0);
        }
    }

    private static void change(
            ByteBuffer state, long openedAt, DailyChanges changes, int inquiries, int inTime, int late, long micros) {
        UUID providerId = new UUID(state.getLong(0), state.getLong(8));
        changes.add(providerId, (int) Math.floorDiv(openedAt, DAY), inquiries, inTime, late, micros);
    }
}
