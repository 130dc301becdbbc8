package io.replymeter.measurement;

import static io.replymeter.measurement.Checkpoint.NONE;

import java.util.List;
import java.util.UUID;

/** Folds one thread's messages, given in order, into its inquiries (rules 3 and 4). */
final class ThreadFold {

    private final UUID conversationId;
    private final long horizon;
    private final long silence;
    private final List<Inquiry> inquiries;

    private long lastMessageAt;
    /** When the provider's last message was sent; {@link Checkpoint#NONE} once that is as long ago as the silence. */
    private long lastProviderAt;
    /** When the open inquiry opened; {@link Checkpoint#NONE} if none is open. */
    private long openedAt;
    /** The index of the open inquiry in {@link #inquiries}; -1 if it came from the checkpoint and is not among them. */
    private int open = -1;

    /** @param inquiries collects the inquiries that the messages open */
    ThreadFold(UUID conversationId, Checkpoint start, Ruleset ruleset, List<Inquiry> inquiries) {
        this.conversationId = conversationId;
        this.horizon = Micros.of(ruleset.horizon());
        this.silence = Micros.of(ruleset.reinquirySilence());
        this.inquiries = inquiries;
        this.lastMessageAt = start.lastMessageAt();
        this.lastProviderAt = start.lastProviderAt();
        this.openedAt = start.openedAt();
    }

    void add(Fact message) {
        if (openedAt != NONE && message.sentAt() - openedAt > horizon) {
            openedAt = NONE;
        }
        // It is dropped as soon as it no longer matters, exactly as a checkpoint is that has become too old.
        if (lastProviderAt != NONE && message.sentAt() - lastProviderAt >= silence) {
            lastProviderAt = NONE;
        }
        if (message.fromClient()) {
            ask(message);
        } else {
            respond(message);
        }
        lastMessageAt = message.sentAt();
    }

    private void ask(Fact message) {
        boolean silent = lastProviderAt == NONE;
        if (openedAt == NONE && silent) {
            openedAt = message.sentAt();
            open = inquiries.size();
            inquiries.add(Inquiry.openedBy(message, conversationId));
        }
    }

    private void respond(Fact message) {
        if (openedAt != NONE && open >= 0) {
            inquiries.set(open, inquiries.get(open).answeredBy(message));
        }
        openedAt = NONE;
        open = -1;
        lastProviderAt = message.sentAt();
    }

    Checkpoint checkpoint() {
        return new Checkpoint(lastMessageAt, lastProviderAt, openedAt);
    }
}
