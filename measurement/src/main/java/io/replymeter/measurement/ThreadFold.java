package io.replymeter.measurement;

import static io.replymeter.measurement.Checkpoint.NONE;

import java.util.List;
import java.util.UUID;

/** Folds one thread's messages, given in order, into its inquiries (rules 3 to 5). */
final class ThreadFold {

    private final UUID conversationId;
    private final Ruleset ruleset;
    private final long horizon;
    private final long silence;
    private final long answerWithin;
    private final List<Inquiry> inquiries;

    private long lastMessageAt;
    /** When the provider's last message was sent; {@link Checkpoint#NONE} once that is as long ago as the silence. */
    private long lastProviderAt;
    /** When the clock of the open inquiry started; {@link Checkpoint#NONE} if none is open. */
    private long openedAt;
    /** The client's next message after that opens another inquiry: the open one is excused; {@link Checkpoint#NONE} if not. */
    private long closedAt;
    /** The index of the open inquiry in {@link #inquiries}; -1 if it came from the checkpoint and is not among them. */
    private int open = -1;

    /** @param inquiries collects the inquiries that the messages open */
    ThreadFold(UUID conversationId, Checkpoint start, Ruleset ruleset, List<Inquiry> inquiries) {
        this.conversationId = conversationId;
        this.ruleset = ruleset;
        this.horizon = Micros.of(ruleset.horizon());
        this.silence = Micros.of(ruleset.reinquirySilence());
        this.answerWithin = Micros.of(ruleset.answerWithin());
        this.inquiries = inquiries;
        this.lastMessageAt = start.lastMessageAt();
        this.lastProviderAt = start.lastProviderAt();
        this.openedAt = start.openedAt();
        this.closedAt = start.closedAt();
    }

    /** @param excuses those that name this message */
    void add(Fact message, List<Excuse> excuses) {
        if (openedAt != NONE && message.sentAt() - openedAt > horizon) {
            end();
        }
        // It is dropped as soon as it no longer matters, exactly as a checkpoint is that has become too old.
        if (lastProviderAt != NONE && message.sentAt() - lastProviderAt >= silence) {
            lastProviderAt = NONE;
        }
        if (message.fromClient()) {
            ask(message);
            excuses.forEach(excuse -> excuse(message, excuse));
        } else {
            respond(message);
        }
        lastMessageAt = message.sentAt();
    }

    private void ask(Fact message) {
        if (closedAt != NONE && message.sentAt() > closedAt) {
            end();
        }
        boolean silent = lastProviderAt == NONE;
        if (openedAt == NONE && silent) {
            openedAt = message.clockStart(ruleset);
            open = inquiries.size();
            inquiries.add(Inquiry.openedBy(message, openedAt, conversationId));
        }
    }

    private void excuse(Fact message, Excuse excuse) {
        if (openedAt == NONE) {
            return;
        }
        if (excuse.by() == Excuse.By.PROVIDER && excuse.excusedAt() - openedAt > answerWithin) {
            return;
        }
        long at = Math.max(excuse.excusedAt(), message.sentAt());
        closedAt = closedAt == NONE ? at : Math.min(closedAt, at);
        if (open >= 0) {
            inquiries.set(open, inquiries.get(open).excusedBy(excuse));
        }
    }

    private void respond(Fact message) {
        if (openedAt != NONE && open >= 0) {
            inquiries.set(open, inquiries.get(open).answeredBy(message));
        }
        end();
        lastProviderAt = message.sentAt();
    }

    private void end() {
        openedAt = NONE;
        closedAt = NONE;
        open = -1;
    }

    Checkpoint checkpoint() {
        return new Checkpoint(lastMessageAt, lastProviderAt, openedAt, closedAt);
    }
}
