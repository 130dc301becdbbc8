package io.replymeter.messaging.conversation;

import io.replymeter.messaging.conversation.Message.Action;
import io.replymeter.messaging.user.Admission;
import io.replymeter.messaging.web.Caller;
import io.replymeter.messaging.web.Visible;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Messages")
class MessageController {

    private static final String KEY = "1 to 200 printable ASCII characters; a repeat within a day gets the same answer";
    private static final String TOO_MANY = "The user posts too much at once; Retry-After says when to send it again";
    private static final String KEY_PATTERN = "^(?! *$)[ -~]{1,200}$";
    private static final String KEY_MESSAGE = "must be 1 to 200 printable ASCII characters";

    private final ConversationService conversations;
    private final Deletions deletions;

    MessageController(ConversationService conversations, Deletions deletions) {
        this.conversations = conversations;
        this.deletions = deletions;
    }

    record NewAction(
            @NotNull(message = "must be ACCEPTED, DECLINED, QUOTED or CALLED") Action type) {}

    record NewNote(
            @Schema(description = "1 to 10,000 characters, not only spaces and other invisible ones")
            @Visible
            @Pattern(regexp = NewMessage.TEXT, message = NewMessage.TEXT_MESSAGE) String body) {}

    @PostMapping("/api/v1/messages")
    @Admission.InTransaction
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Send a message",
            description = "In the newest conversation with the recipient, or in a new one. Accepted even when Kafka is"
                    + " unreachable.")
    @ApiResponse(responseCode = "201", description = "Sent, by this or an earlier request with this key")
    @ApiResponse(responseCode = "400", description = "A field is missing, malformed or out of range")
    @ApiResponse(
            responseCode = "403",
            description = "Not a member of the provider's team, banned, or blocked by the recipient")
    @ApiResponse(
            responseCode = "422",
            description = "The recipient is unknown or oneself, or the key was used for another message")
    @ApiResponse(responseCode = "429", description = TOO_MANY)
    MessageView send(
            Caller caller,
            @Valid @RequestBody NewMessage message,
            @Parameter(description = KEY)
                    @RequestHeader(name = "Idempotency-Key", required = false)
                    @Pattern(regexp = KEY_PATTERN, message = KEY_MESSAGE) @Nullable String key) {
        return conversations.send(caller.userId(), message, key);
    }

    @PostMapping("/api/v1/conversations/{id}/actions")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Say what the provider did",
            description = "By a button or a form. It answers the client, who sees it in the conversation.")
    @ApiResponse(responseCode = "201", description = "Added, by this or an earlier request with this key")
    @ApiResponse(responseCode = "403", description = "The caller is not the conversation's provider")
    @ApiResponse(responseCode = "404", description = "Deleted, or not one's own conversation")
    @ApiResponse(responseCode = "429", description = TOO_MANY)
    MessageView act(
            Caller caller,
            @PathVariable UUID id,
            @Valid @RequestBody NewAction action,
            @Parameter(description = KEY)
                    @RequestHeader(name = "Idempotency-Key", required = false)
                    @Pattern(regexp = KEY_PATTERN, message = KEY_MESSAGE) @Nullable String key) {
        return conversations.act(caller.userId(), id, action.type(), key);
    }

    @PostMapping("/api/v1/conversations/{id}/notes")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Leave a note that the client does not see",
            description = "It answers nothing, and changes nothing in what the client sees.")
    @ApiResponse(responseCode = "201", description = "Added, by this or an earlier request with this key")
    @ApiResponse(responseCode = "403", description = "The caller is not the conversation's provider")
    @ApiResponse(responseCode = "404", description = "Deleted, or not one's own conversation")
    @ApiResponse(responseCode = "429", description = TOO_MANY)
    MessageView note(
            Caller caller,
            @PathVariable UUID id,
            @Valid @RequestBody NewNote note,
            @Parameter(description = KEY)
                    @RequestHeader(name = "Idempotency-Key", required = false)
                    @Pattern(regexp = KEY_PATTERN, message = KEY_MESSAGE) @Nullable String key) {
        return conversations.note(caller.userId(), id, note.body(), key);
    }

    @DeleteMapping("/api/v1/messages/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Delete a message",
            description = "One's own, or any as an admin. The text is removed for everybody.")
    @ApiResponse(responseCode = "204", description = "Deleted, now or before")
    @ApiResponse(responseCode = "403", description = "Somebody else's message")
    @ApiResponse(responseCode = "404", description = "No such message in one's conversations")
    void delete(Caller caller, @PathVariable UUID id) {
        deletions.deleteMessage(caller, id);
    }
}
