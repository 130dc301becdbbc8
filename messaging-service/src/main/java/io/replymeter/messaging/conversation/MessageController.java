package io.replymeter.messaging.conversation;

import io.replymeter.messaging.web.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
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

    private final ConversationService conversations;

    MessageController(ConversationService conversations) {
        this.conversations = conversations;
    }

    @PostMapping("/api/v1/messages")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Send a message",
            description = "In the newest conversation with the recipient, or in a new one. Accepted even when Kafka is"
                    + " unreachable.")
    @ApiResponse(responseCode = "201", description = "Sent, by this or an earlier request with this key")
    @ApiResponse(responseCode = "400", description = "A field is missing, malformed or out of range")
    @ApiResponse(
            responseCode = "422",
            description = "The recipient is unknown or oneself, or the key was used for another message")
    MessageView send(
            Caller caller,
            @Valid @RequestBody NewMessage message,
            @Parameter(description = "1 to 200 printable ASCII characters; a repeat within a day gets the same answer")
                    @RequestHeader(name = "Idempotency-Key", required = false)
                    @Pattern(regexp = "^(?! *$)[ -~]{1,200}$", message = "must be 1 to 200 printable ASCII characters")
                    @Nullable String key) {
        Message sent = conversations.send(caller.userId(), message, key);
        return MessageView.of(sent, message.recipientId());
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
        conversations.deleteMessage(caller, id);
    }
}
