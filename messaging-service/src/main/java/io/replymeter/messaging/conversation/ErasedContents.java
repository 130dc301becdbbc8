package io.replymeter.messaging.conversation;

import static java.util.Objects.requireNonNull;

import io.replymeter.events.ConversationDeleted;
import io.replymeter.events.MessageDeleted;
import io.replymeter.messaging.outbox.Outbox;
import io.replymeter.messaging.user.StaleResponseMetrics;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Removes what erased users said, some of it at a time, and writes the events that tell of it. */
@Component
public class ErasedContents {

    private static final int CONVERSATIONS_AT_A_TIME = 100;
    private static final int MESSAGES_AT_A_TIME = 5_000;

    private final Conversations conversations;
    private final Messages messages;
    private final IdempotencyKeys keys;
    private final Outbox outbox;
    private final StaleResponseMetrics staleMetrics;

    ErasedContents(
            Conversations conversations,
            Messages messages,
            IdempotencyKeys keys,
            Outbox outbox,
            StaleResponseMetrics staleMetrics) {
        this.conversations = conversations;
        this.messages = messages;
        this.keys = keys;
        this.outbox = outbox;
        this.staleMetrics = staleMetrics;
    }

    /**
     * Deletes some of the user's conversations, else messages that the user wrote for a team, else Idempotency-Keys.
     *
     * @return false if there was nothing left
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean removeSome(UUID user) {
        List<Conversation> page = conversations.lockSome(user, CONVERSATIONS_AT_A_TIME);
        if (!page.isEmpty()) {
            delete(page.stream().map(Conversation::id).toList());
            return true;
        }
        List<Message> written = messages.someWrittenForProviders(user, CONVERSATIONS_AT_A_TIME);
        if (!written.isEmpty()) {
            deleteMessages(written);
            return true;
        }
        return keys.forget(user, MESSAGES_AT_A_TIME) > 0;
    }

    /** The contents go first, so that a conversation is deleted when nothing is left in it. */
    private void delete(List<UUID> ids) {
        if (messages.removeContents(ids, MESSAGES_AT_A_TIME) == MESSAGES_AT_A_TIME) {
            return;
        }
        List<Conversation> deleted = conversations.deleteAll(ids);
        outbox.append(deleted.stream()
                .map(one -> new ConversationDeleted(one.id(), requireNonNull(one.deletedAt())))
                .toList());
        staleMetrics.mark(deleted.stream()
                .flatMap(one -> one.participants().stream())
                .distinct()
                .toList());
    }

    /** The answers still count (rule 8). */
    private void deleteMessages(List<Message> written) {
        conversations.lockAll(
                written.stream().map(Message::conversationId).distinct().toList());
        List<Message> deleted =
                messages.deleteAll(written.stream().map(Message::id).toList());
        outbox.append(deleted.stream()
                .map(one -> new MessageDeleted(one.id(), one.conversationId(), requireNonNull(one.deletedAt())))
                .toList());
    }
}
