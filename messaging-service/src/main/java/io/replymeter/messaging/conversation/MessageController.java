package io.replymeter.messaging.conversation;

import io.replymeter.messaging.web.Caller;
import io.replymeter.messaging.web.InvalidRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
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

    private static final int MAXIMUM_KEY_LENGTH = 200;

    private final ConversationService conversations;

    MessageController(ConversationService conversations) {
        this.conversations = conversations;
    }

    @PostMapping("/api/v1/messages")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Send a message",
            description =
                    "In the newest conversation with the recipient, or in a new one. Accepted whether or not Kafka is"
                            + " reachable.")
    @ApiResponse(responseCode = "201", description = "Sent, now or by an earlier request with this key")
    @ApiResponse(responseCode = "400", description = "A field is missing, malformed or out of range")
    @ApiResponse(responseCode = "422", description = "No such recipient, oneself, or a key used for another message")
    MessageView send(
            Caller caller,
            @RequestBody NewMessage message,
            @Parameter(description = "1 to 200 printable ASCII characters; a repeat within a day gets the same answer")
                    @RequestHeader(name = "Idempotency-Key", required = false)
                    @Nullable String key) {
        if (key != null && !isKey(key)) {
            throw new InvalidRequest("Idempotency-Key", "must be 1 to 200 printable ASCII characters");
        }
        Message sent = conversations.send(caller.userId(), message.checked(), key);
        return MessageView.of(sent, message.recipient());
    }

    @DeleteMapping("/api/v1/messages/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Delete a message",
            description = "One's own; an admin any. Its text is removed for everybody.")
    @ApiResponse(responseCode = "204", description = "Deleted, now or before")
    @ApiResponse(responseCode = "403", description = "Somebody else's message")
    @ApiResponse(responseCode = "404", description = "No such message in one's conversations")
    void delete(Caller caller, @PathVariable UUID id) {
        conversations.deleteMessage(caller, id);
    }

    private static boolean isKey(String key) {
        return !key.isBlank()
                && key.length() <= MAXIMUM_KEY_LENGTH
                && key.chars().allMatch(character -> character >= ' ' && character <= '~');
    }
}
