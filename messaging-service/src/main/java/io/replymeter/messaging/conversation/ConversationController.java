package io.replymeter.messaging.conversation;

import io.replymeter.messaging.team.Members;
import io.replymeter.messaging.user.User;
import io.replymeter.messaging.user.UserRole;
import io.replymeter.messaging.user.Users;
import io.replymeter.messaging.web.Caller;
import io.replymeter.web.Cursor;
import io.replymeter.web.PageLimit;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/conversations")
@Tag(name = "Conversations")
class ConversationController {

    private final Deletions deletions;
    private final Conversations conversations;
    private final Messages messages;
    private final Members members;
    private final Users users;

    ConversationController(
            Deletions deletions, Conversations conversations, Messages messages, Members members, Users users) {
        this.deletions = deletions;
        this.conversations = conversations;
        this.messages = messages;
        this.members = members;
        this.users = users;
    }

    /** The other user of a conversation. */
    record Other(UUID userId, UserRole role, String displayName) {}

    record Entry(UUID conversationId, Other with, Instant lastSentAt) {}

    record ConversationPage(
            List<Entry> conversations, @Nullable String nextCursor) {}

    record MessagePage(List<MessageView> messages, @Nullable String nextCursor) {}

    @GetMapping
    @Operation(summary = "One's conversations", description = "The conversation with the newest message first.")
    @ApiResponse(responseCode = "200", description = "A page of conversations")
    @ApiResponse(responseCode = "403", description = "Not a member of the provider's team")
    ConversationPage conversations(
            Caller caller,
            @Parameter(description = "the provider whose conversations these are, for members of its team")
                    @RequestParam(required = false)
                    @Nullable UUID providerId,
            @Parameter(description = "nextCursor of the page before") @RequestParam(required = false) @Nullable String cursor,
            @Parameter(description = "1 to 100") @RequestParam(defaultValue = "50") @PageLimit int limit) {
        UUID user = providerId == null ? caller.userId() : providerId;
        if (!members.mayActFor(user, caller.userId())) {
            throw ConversationProblems.notAMember();
        }
        String list = "conversations of " + user;
        Cursor place = Cursor.read(list, 1, cursor);
        List<Conversation> page =
                conversations.page(user, place.at(), place.ids().get(0), limit);
        return new ConversationPage(
                entries(page, user), page.size() < limit ? null : after(page).write(list));
    }

    @GetMapping("/{id}/messages")
    @Operation(
            summary = "The messages of one's conversation",
            description = "Newest first. A note is there for its own side only.")
    @ApiResponse(responseCode = "200", description = "A page of messages")
    @ApiResponse(responseCode = "404", description = "Deleted, or not one's own conversation")
    MessagePage messages(
            Caller caller,
            @PathVariable UUID id,
            @Parameter(description = "nextCursor of the page before") @RequestParam(required = false) @Nullable String cursor,
            @Parameter(description = "1 to 100") @RequestParam(defaultValue = "50") @PageLimit int limit) {
        String list = "messages of " + id;
        Cursor place = Cursor.read(list, 1, cursor);
        Conversation conversation = conversations.findById(id).orElseThrow(ConversationProblems::conversationNotFound);
        UUID side = members.sideOf(caller.userId(), conversation.participants())
                .filter(conversation::isVisibleTo)
                .orElseThrow(ConversationProblems::conversationNotFound);
        List<Message> page = messages.page(
                id, side, conversation.hiddenFrom(side), place.at(), place.ids().get(0), limit);
        List<MessageView> views = page.stream()
                .map(message -> MessageView.of(message, conversation.otherThan(message.side())))
                .toList();
        return new MessagePage(views, page.size() < limit ? null : next(page).write(list));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Delete a conversation",
            description =
                    "A client or an admin deletes it for everybody and for good. A provider hides it from their own"
                            + " view until somebody writes again.")
    @ApiResponse(responseCode = "204", description = "Deleted or hidden, now or before")
    @ApiResponse(responseCode = "404", description = "Not one's own conversation")
    void delete(Caller caller, @PathVariable UUID id) {
        deletions.deleteConversation(caller, id);
    }

    private List<Entry> entries(List<Conversation> page, UUID user) {
        List<UUID> others =
                page.stream().map(conversation -> conversation.otherThan(user)).toList();
        Map<UUID, Other> byId = users.findAllById(others).stream()
                .collect(Collectors.toMap(User::id, other -> new Other(other.id(), other.role(), other.displayName())));
        return page.stream()
                .map(conversation -> new Entry(
                        conversation.id(),
                        Objects.requireNonNull(byId.get(conversation.otherThan(user))),
                        conversation.lastSentAt()))
                .toList();
    }

    private static Cursor next(List<Message> page) {
        Message last = page.get(page.size() - 1);
        return new Cursor(last.sentAt(), last.id());
    }

    private static Cursor after(List<Conversation> page) {
        Conversation last = page.get(page.size() - 1);
        return new Cursor(last.lastSentAt(), last.id());
    }
}
