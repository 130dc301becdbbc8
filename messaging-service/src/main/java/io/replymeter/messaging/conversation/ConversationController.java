package io.replymeter.messaging.conversation;

import io.replymeter.messaging.web.Caller;
import io.replymeter.messaging.web.InvalidRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
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

    private static final int MAXIMUM_LIMIT = 100;

    private final ConversationService service;
    private final Conversations conversations;
    private final ConversationPages pages;
    private final Messages messages;

    ConversationController(
            ConversationService service, Conversations conversations, ConversationPages pages, Messages messages) {
        this.service = service;
        this.conversations = conversations;
        this.pages = pages;
        this.messages = messages;
    }

    record ConversationPage(
            List<ConversationPages.Entry> conversations,
            @Nullable String nextCursor) {}

    record MessagePage(List<MessageView> messages, @Nullable String nextCursor) {}

    @GetMapping
    @Operation(summary = "One's conversations", description = "The one with the newest message first.")
    ConversationPage conversations(
            Caller caller,
            @Parameter(description = "nextCursor of the page before") @RequestParam(required = false) @Nullable String cursor,
            @Parameter(description = "1 to 100") @RequestParam(defaultValue = "50") int limit) {
        String list = "conversations of " + caller.userId();
        List<ConversationPages.Entry> page =
                pages.conversations(caller.userId(), Cursor.read(list, cursor), checked(limit));
        if (page.size() < limit) {
            return new ConversationPage(page, null);
        }
        ConversationPages.Entry last = page.get(page.size() - 1);
        return new ConversationPage(page, new Cursor(last.lastSentAt(), last.conversationId()).write(list));
    }

    @GetMapping("/{id}/messages")
    @Operation(summary = "The messages of one's conversation", description = "Newest first.")
    @ApiResponse(responseCode = "404", description = "Not one's conversation, or deleted")
    MessagePage messages(
            Caller caller,
            @PathVariable UUID id,
            @Parameter(description = "nextCursor of the page before") @RequestParam(required = false) @Nullable String cursor,
            @Parameter(description = "1 to 100") @RequestParam(defaultValue = "50") int limit) {
        String list = "messages of " + id;
        Cursor place = Cursor.read(list, cursor);
        Conversation conversation = conversations
                .findById(id)
                .filter(found -> found.isVisibleTo(caller.userId()))
                .orElseThrow(Refusal::conversationNotFound);
        List<Message> page =
                messages.page(id, conversation.hiddenFrom(caller.userId()), place.at(), place.id(), checked(limit));
        return new MessagePage(
                page.stream()
                        .map(message -> MessageView.of(message, conversation.otherThan(message.senderId())))
                        .toList(),
                page.size() < limit ? null : next(page).write(list));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Delete a conversation",
            description = "By its client or an admin: for everybody, for good. By its provider: from the provider's own"
                    + " view, until somebody writes again.")
    @ApiResponse(responseCode = "204", description = "Deleted or hidden, now or before")
    @ApiResponse(responseCode = "404", description = "Not one's conversation")
    void delete(Caller caller, @PathVariable UUID id) {
        service.deleteConversation(caller, id);
    }

    private static Cursor next(List<Message> page) {
        Message last = page.get(page.size() - 1);
        return new Cursor(last.sentAt(), last.id());
    }

    private static int checked(int limit) {
        if (limit < 1 || limit > MAXIMUM_LIMIT) {
            throw new InvalidRequest("limit", "must be 1 to " + MAXIMUM_LIMIT);
        }
        return limit;
    }
}
