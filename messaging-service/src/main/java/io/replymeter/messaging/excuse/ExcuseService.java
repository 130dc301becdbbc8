package io.replymeter.messaging.excuse;

import static java.util.Objects.requireNonNull;

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
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Excuses inquiries. Each method keeps the excuse and writes the event that tells of it in one transaction. */
@Service
class ExcuseService {

    /** How many conversations a transaction locks. */
    private static final int AT_A_TIME = 200;

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

    /**
     * Excuses what waits for an answer in the next conversations of a banned or blocked client, in the order of their ids.
     *
     * @param provider the only provider concerned, or null for all
     * @param after the last conversation of the call before
     * @return the last conversation of this call; empty when there was none
     */
    @Transactional
    public Optional<UUID> excuseBlocked(UUID client, @Nullable UUID provider, ExcusedBy by, UUID after) {
        List<Conversation> page = conversations.lockNext(client, provider, after, AT_A_TIME);
        if (page.isEmpty()) {
            return Optional.empty();
        }
        Map<UUID, UUID> providerOf = providersOf(page, client);
        Map<UUID, Message> waiting = messages
                .waiting(page.stream().map(Conversation::id).toList(), client)
                .stream()
                .filter(message -> providerOf.containsKey(message.conversationId()))
                .collect(Collectors.toMap(Message::id, message -> message));
        List<InquiryExcused> excused = excuses.add(waiting.keySet(), ExcuseReason.BLOCKED, by).stream()
                .map(excuse -> new InquiryExcused(
                        requireNonNull(waiting.get(excuse.messageId())).conversationId(),
                        excuse.messageId(),
                        excuse.reason(),
                        by,
                        excuse.excusedAt()))
                .toList();
        outbox.append(excused);
        staleMetrics.mark(excused.stream()
                .map(event -> requireNonNull(providerOf.get(event.conversationId())))
                .distinct()
                .toList());
        return Optional.of(page.get(page.size() - 1).id());
    }

    /** The provider of each conversation that has one beside the client. */
    private Map<UUID, UUID> providersOf(List<Conversation> page, UUID client) {
        Map<UUID, UserRole> roleOf = roles.find(page.stream()
                .map(conversation -> conversation.otherThan(client))
                .toList());
        return page.stream()
                .filter(conversation -> roleOf.get(conversation.otherThan(client)) == UserRole.PROVIDER)
                .collect(Collectors.toMap(Conversation::id, conversation -> conversation.otherThan(client)));
    }

    private static Problem notAQuestion() {
        return new Problem(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "not-a-question",
                "This message asks nothing",
                "Name a message that a client wrote and did not delete: only such a message waits for an answer.");
    }
}
