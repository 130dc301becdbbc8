package io.replymeter.messaging.conversation;

import io.replymeter.events.MessageKind;
import io.replymeter.jdbc.Pipeline;
import io.replymeter.messaging.automatic.QuickAnswers;
import io.replymeter.messaging.automatic.SteadyMessages;
import io.replymeter.messaging.availability.Availabilities;
import io.replymeter.messaging.availability.Availabilities.Deferral;
import io.replymeter.messaging.conversation.Message.Action;
import io.replymeter.messaging.outbox.Outbox;
import io.replymeter.messaging.team.Members;
import io.replymeter.messaging.user.Admission;
import io.replymeter.messaging.user.Blocks;
import io.replymeter.messaging.user.StaleResponseMetrics;
import io.replymeter.messaging.user.User;
import io.replymeter.messaging.user.UserRole;
import io.replymeter.messaging.user.UserStates;
import io.replymeter.messaging.user.Users;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;

/**
 * Writes messages. Each method changes the state and writes the event that tells of it in one transaction. A
 * {@code key} is the sender's Idempotency-Key, if any: the message sent before is returned when it was used for the same
 * request.
 */
@Service
class ConversationService {

    /**
     * Who writes to whom, and what.
     *
     * @param side the participant for whom it is written: the sender, or the provider whose member the sender is
     * @param deferral of an answer. Only the event keeps it, so that later changes of the availability leave it as it is
     */
    private record Draft(
            UUID id,
            UUID senderId,
            User side,
            User recipient,
            MessageKind kind,
            @Nullable Action action,
            @Nullable String body,
            Deferral deferral) {

        boolean asks() {
            return side.role() == UserRole.CLIENT && recipient.role() == UserRole.PROVIDER;
        }

        @Nullable UUID providerId() {
            return senderId.equals(side.id()) ? null : side.id();
        }
    }

    private static final Deferral AT_ONCE = sentAt -> null;

    private final Admission admission;
    private final Users users;
    private final Conversations conversations;
    private final Messages messages;
    private final Members members;
    private final Blocks blocks;
    private final IdempotencyKeys keys;
    private final JdbcOperations jdbc;
    private final Outbox outbox;
    private final StaleResponseMetrics staleMetrics;
    private final Availabilities availabilities;
    private final QuickAnswers quickAnswers;
    private final SteadyMessages steadyMessages;

    ConversationService(
            Admission admission,
            Users users,
            Conversations conversations,
            Messages messages,
            Members members,
            Blocks blocks,
            IdempotencyKeys keys,
            JdbcOperations jdbc,
            Outbox outbox,
            StaleResponseMetrics staleMetrics,
            Availabilities availabilities,
            QuickAnswers quickAnswers,
            SteadyMessages steadyMessages) {
        this.admission = admission;
        this.users = users;
        this.conversations = conversations;
        this.messages = messages;
        this.members = members;
        this.blocks = blocks;
        this.keys = keys;
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.staleMetrics = staleMetrics;
        this.availabilities = availabilities;
        this.quickAnswers = quickAnswers;
        this.steadyMessages = steadyMessages;
    }

    /** Sends a message in the pair's newest undeleted conversation, or in a new one. */
    @Transactional
    public MessageView send(UUID senderId, NewMessage request, @Nullable String key) {
        UUID sideId = request.providerId() == null ? senderId : request.providerId();
        UUID recipientId = request.recipientId();
        if (!members.mayActFor(sideId, senderId)) {
            throw ConversationProblems.notAMember();
        }
        if (recipientId.equals(sideId) || recipientId.equals(senderId)) {
            throw ConversationProblems.recipientIsSender();
        }
        UUID id = UUID.randomUUID();
        Pipeline first = new Pipeline();
        Runnable isSenderHere = admission.check(first, senderId);
        List<User> pair = users.findPair(first, sideId, recipientId);
        Deferral deferral = availabilities.deferral(first, recipientId);
        Supplier<UUID> claimed = keys.claim(first, senderId, key, request.content(), id);
        List<Conversation> taken = conversations.take(first, sideId, recipientId);
        Runnable check = blocks.check(first, senderId, sideId, recipientId);
        first.run(jdbc);
        isSenderHere.run();
        User side = find(sideId, pair).orElseThrow(UserStates::unknownUser);
        User recipient = find(recipientId, pair).orElseThrow(Blocks::unknownRecipient);
        Draft draft = new Draft(id, senderId, side, recipient, request.messageKind(), null, request.body(), deferral);
        return write(draft, claimed, check, () -> taken.isEmpty() ? begin(draft) : taken.get(0));
    }

    /** Says in a conversation what its provider did. It answers the client. */
    @Transactional
    public MessageView act(UUID userId, UUID conversationId, Action action, @Nullable String key) {
        Draft draft = byProvider(userId, conversationId, MessageKind.ACTION, action, null);
        return writeIn(conversationId, draft, key, " ACTION " + action, conversations::takeIn);
    }

    /** Leaves a note that only its provider's side sees, and that changes nothing for anybody else. */
    @Transactional
    public MessageView note(UUID userId, UUID conversationId, String body, @Nullable String key) {
        Draft draft = byProvider(userId, conversationId, MessageKind.NOTE, null, body);
        return writeIn(conversationId, draft, key, " NOTE " + body, conversations::lockForNote);
    }

    private MessageView writeIn(
            UUID conversationId,
            Draft draft,
            @Nullable String key,
            String content,
            BiFunction<Pipeline, UUID, List<Conversation>> position) {
        Pipeline first = new Pipeline();
        Supplier<UUID> claimed = keys.claim(first, draft.senderId(), key, conversationId + content, draft.id());
        List<Conversation> taken = position.apply(first, conversationId);
        Runnable check = check(first, draft);
        first.run(jdbc);
        return write(
                draft,
                claimed,
                check,
                () -> taken.stream().findFirst().orElseThrow(ConversationProblems::conversationNotFound));
    }

    private Draft byProvider(
            UUID userId, UUID conversationId, MessageKind kind, @Nullable Action action, @Nullable String body) {
        Conversation conversation =
                conversations.findById(conversationId).orElseThrow(ConversationProblems::conversationNotFound);
        UUID sideId = members.sideOf(userId, conversation.participants())
                .filter(conversation::isVisibleTo)
                .orElseThrow(ConversationProblems::conversationNotFound);
        List<User> pair = users.findAllById(conversation.participants());
        User side = find(sideId, pair).orElseThrow();
        if (side.role() != UserRole.PROVIDER) {
            throw ConversationProblems.onlyForProviders();
        }
        User recipient = find(conversation.otherThan(sideId), pair).orElseThrow();
        return new Draft(UUID.randomUUID(), userId, side, recipient, kind, action, body, AT_ONCE);
    }

    /** A repeated request gets the message of the first one, and has changed nothing. */
    private MessageView write(Draft draft, Supplier<UUID> claimed, Runnable check, Supplier<Conversation> position) {
        UUID id = claimed.get();
        if (id.equals(draft.id())) {
            check.run();
            return MessageView.of(
                    added(draft, position.get()), draft.recipient().id());
        }
        TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
        return MessageView.of(
                messages.findById(id).orElseThrow(), draft.recipient().id());
    }

    private Message added(Draft draft, Conversation position) {
        Message message = new Message(
                draft.id(),
                position.id(),
                position.lastSequence(),
                draft.senderId(),
                draft.providerId(),
                draft.kind(),
                draft.action(),
                draft.body(),
                position.lastSentAt(),
                null);
        Pipeline pipeline = new Pipeline();
        messages.add(pipeline, message);
        Instant answerableFrom = draft.asks() ? draft.deferral().answerableFrom(message.sentAt()) : null;
        outbox.append(pipeline, message.created(draft.side(), draft.recipient(), answerableFrom));
        if (draft.side().role() == UserRole.PROVIDER) {
            staleMetrics.mark(pipeline, draft.side().id());
            watchForBots(pipeline, message, draft.recipient());
        }
        pipeline.runLast(jdbc);
        return message;
    }

    private void watchForBots(Pipeline pipeline, Message answer, User recipient) {
        if (answer.kind() != MessageKind.HUMAN || recipient.role() != UserRole.CLIENT) {
            return;
        }
        UUID conversation = answer.conversationId();
        quickAnswers.watch(pipeline, answer.side(), recipient.id(), conversation, answer.sentAt());
        steadyMessages.watch(pipeline, answer.side(), conversation, answer.sentAt());
    }

    private Conversation begin(Draft draft) {
        UUID one = draft.side().id();
        UUID other = draft.recipient().id();
        conversations.lockPair(one, other);
        Conversation position =
                conversations.take(one, other).orElseGet(() -> conversations.begin(UUID.randomUUID(), one, other));
        // Asked again: only now is there a row to hold, whose foreign keys have waited for the erasure of a
        // participant.
        Pipeline again = new Pipeline();
        Runnable check = check(again, draft);
        again.run(jdbc);
        check.run();
        return position;
    }

    private Runnable check(Pipeline pipeline, Draft draft) {
        return blocks.check(
                pipeline, draft.senderId(), draft.side().id(), draft.recipient().id());
    }

    private static Optional<User> find(UUID id, List<User> among) {
        return among.stream().filter(user -> user.id().equals(id)).findFirst();
    }
}
