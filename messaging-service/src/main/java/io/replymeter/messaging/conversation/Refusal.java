package io.replymeter.messaging.conversation;

import io.replymeter.messaging.web.Problem;
import org.springframework.http.HttpStatus;

/** Why something cannot be done with a message or a conversation. */
final class Refusal extends Problem {

    private Refusal(HttpStatus status, String name, String title, String detail) {
        super(status, name, title, detail);
    }

    static Refusal unknownSender() {
        return new Refusal(
                HttpStatus.FORBIDDEN,
                "unknown-sender",
                "The sender is not known here",
                "The token is valid, but its user does not exist yet: ask an administrator to add the user first.");
    }

    static Refusal unknownRecipient() {
        return new Refusal(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "unknown-recipient",
                "There is no such recipient",
                "Check recipientId: it must be the id of an existing user.");
    }

    static Refusal recipientIsSender() {
        return new Refusal(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "recipient-is-sender",
                "A message goes to somebody else",
                "recipientId is your own id: send the id of the user you want to write to.");
    }

    static Refusal keyReused() {
        return new Refusal(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "idempotency-key-reused",
                "This Idempotency-Key was used for another message",
                "Send a new key with a new message, or the same recipient, body and kind again to get the same answer.");
    }

    static Refusal messageNotFound() {
        return new Refusal(
                HttpStatus.NOT_FOUND,
                "message-not-found",
                "There is no such message",
                "Check the id: you can only reach messages of your own conversations.");
    }

    static Refusal notYourMessage() {
        return new Refusal(
                HttpStatus.FORBIDDEN,
                "not-your-message",
                "Only its sender can delete a message",
                "Ask the sender, or an administrator, to delete it.");
    }

    static Refusal conversationNotFound() {
        return new Refusal(
                HttpStatus.NOT_FOUND,
                "conversation-not-found",
                "There is no such conversation",
                "Check the id: GET /api/v1/conversations lists yours. A deleted conversation is gone for good.");
    }
}
