package io.replymeter.messaging.excuse;

import io.replymeter.events.ExcuseReason;
import io.replymeter.events.InquiryExcused;
import io.replymeter.events.InquiryExcused.ExcusedBy;
import io.replymeter.events.MessageKind;
import io.replymeter.messaging.conversation.Conversation;
import io.replymeter.messaging.conversation.ConversationProblems;
import io.replymeter.messaging.conversation.Conversations;
import io.replymeter.messaging.conversation.Message;
import io.replymeter.messaging.conversation.Messages;
import io.replymeter.messaging.outbox.Outbox;
import io.replymeter.messaging.team.Members;
import io.replymeter.messaging.user.StaleResponseMetrics;
import io.replymeter.messaging.user.UserRole;
import io.replymeter.messaging.user.UserRoles;
import io.replymeter.web.Problem;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Excuses inquiries. Each method keeps the excuse and writes the event that tells of it in one transaction. */
@Service
class ExcuseService {

    private final Conversations conversations;
    private final Messages messages;
    private final Members members;
    private final UserRoles roles;
    private final Excuses excuses;
    private final Outbox outbox;
    private final StaleResponseMetrics staleMetrics;

    ExcuseService(
            Conversations conversations,
            Messages messages,
            Members members,
            UserRoles roles,
            Excuses excuses,
            Outbox outbox,
            StaleResponseMetrics staleMetrics) {
        this.conversations = conversations;
        this.messages = messages;
        this.members = members;
        this.roles = roles;
        this.excuses = excuses;
        this.outbox = outbox;
        this.staleMetrics = staleMetrics;
    }

    /**
     * Excuses the inquiry of a client's message, for its provider or a member of the provider's team. Whoever of them
     * excused it first is not corrected by later requests. Nothing that the client sees changes.
     */
    @Transactional
    public Excuse noReplyNeeded(UUID userId, UUID messageId, ExcuseReason reason) {
        Message message = messages.findById(messageId).orElseThrow(ConversationProblems::messageNotFound);
        Conversation conversation = conversations.lock(message.conversationId()).orElseThrow();
        UUID side = members.sideOf(userId, conversation.participants())
                .filter(participant -> conversation.shows(message, participant))
                .orElseThrow(ConversationProblems::messageNotFound);
        Map<UUID, UserRole> roleOf = roles.find(conversation.participants());
        if (roleOf.get(side) != UserRole.PROVIDER) {
            throw ConversationProblems.onlyForProviders();
        }
        if (roleOf.get(message.side()) != UserRole.CLIENT
                || message.kind() != MessageKind.HUMAN
                || message.deletedAt() != null) {
            throw notAQuestion();
        }
        for (Excuse excuse : excuses.add(List.of(messageId), reason, ExcusedBy.PROVIDER)) {
            outbox.append(List.of(
                    new InquiryExcused(conversation.id(), messageId, reason, ExcusedBy.PROVIDER, excuse.excusedAt())));
            staleMetrics.mark(List.of(side));
        }
        return excuses.find(messageId, ExcusedBy.PROVIDER);
    }

    private static Problem notAQuestion() {
        return new Problem(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "not-a-question",
                "This message asks nothing",
                "Name a message that a client wrote and did not delete: only such a message waits for an answer.");
    }
}
