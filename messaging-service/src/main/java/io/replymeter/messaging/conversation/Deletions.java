package io.replymeter.messaging.conversation;

import io.replymeter.events.ConversationDeleted;
import io.replymeter.events.MessageDeleted;
import io.replymeter.messaging.outbox.Outbox;
import io.replymeter.messaging.team.Members;
import io.replymeter.messaging.user.StaleResponseMetrics;
import io.replymeter.messaging.user.UserRole;
import io.replymeter.messaging.user.Users;
import io.replymeter.messaging.web.Caller;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Deletes and hides. Each method changes the state and writes the event that tells of it in one transaction. */
@Service
class Deletions {

    private final Users users;
    private final Conversations conversations;
    private final Messages messages;
    private final Members members;
    private final Outbox outbox;
    private final StaleResponseMetrics staleMetrics;

    Deletions(
            Users users,
            Conversations conversations,
            Messages messages,
            Members members,
            Outbox outbox,
            StaleResponseMetrics staleMetrics) {
        this.users = users;
        this.conversations = conversations;
        this.messages = messages;
        this.members = members;
        this.outbox = outbox;
        this.staleMetrics = staleMetrics;
    }

    /** Removes what a message says, for the participant who wrote it or for whom it was written, or for an admin. Removing it again changes nothing. */
    @Transactional
    public void deleteMessage(Caller caller, UUID id) {
        Message message = messages.findById(id).orElseThrow(ConversationProblems::messageNotFound);
        Conversation conversation = conversations.lock(message.conversationId()).orElseThrow();
        if (conversation.isDeleted() || !(caller.isAdmin() || isShown(message, conversation, caller.userId()))) {
            throw ConversationProblems.messageNotFound();
        }
        if (!caller.isAdmin() && !message.side().equals(caller.userId())) {
            throw ConversationProblems.notYourMessage();
        }
        messages.markDeleted(id)
                .ifPresent(deleted -> outbox.append(List.of(
                        new MessageDeleted(id, conversation.id(), Objects.requireNonNull(deleted.deletedAt())))));
        staleMetrics.mark(conversation.participants());
    }

    private boolean isShown(Message message, Conversation conversation, UUID user) {
        return members.sideOf(user, conversation.participants())
                .filter(message::isShownTo)
                .isPresent();
    }

    /**
     * Deletes a conversation for good if one of its clients or an admin asks for it. From any other participant it hides
     * what the conversation holds so far (rule 8).
     */
    @Transactional
    public void deleteConversation(Caller caller, UUID id) {
        Conversation conversation = conversations.lock(id).orElseThrow(ConversationProblems::conversationNotFound);
        if (!caller.isAdmin() && !conversation.hasParticipant(caller.userId())) {
            throw isVisible(conversation, caller.userId())
                    ? ConversationProblems.notYourConversation()
                    : ConversationProblems.conversationNotFound();
        }
        if (conversation.isDeleted()) {
            return;
        }
        if (!caller.isAdmin() && !isClient(caller.userId())) {
            conversations.hide(id, caller.userId());
            return;
        }
        Conversation deleted = conversations.delete(id);
        messages.removeContents(id);
        outbox.append(List.of(new ConversationDeleted(id, Objects.requireNonNull(deleted.deletedAt()))));
        staleMetrics.mark(deleted.participants());
    }

    private boolean isVisible(Conversation conversation, UUID user) {
        return members.sideOf(user, conversation.participants())
                .filter(conversation::isVisibleTo)
                .isPresent();
    }

    private boolean isClient(UUID id) {
        return users.findById(id).filter(user -> user.role() == UserRole.CLIENT).isPresent();
    }
}
