package io.replymeter.messaging.conversation;

import io.replymeter.web.Problem;
import org.springframework.http.HttpStatus;

/** Why something cannot be done with a message or a conversation. */
public final class ConversationProblems {

    private ConversationProblems() {}

    /** Says nothing about whether there is such a provider. */
    static Problem notAMember() {
        return new Problem(
                HttpStatus.FORBIDDEN,
                "not-a-member",
                "You are not a member of this provider's team",
                "Check providerId, leave it out to act for yourself, or ask the provider to add you to its team.");
    }

    static Problem notYourConversation() {
        return new Problem(
                HttpStatus.FORBIDDEN,
                "not-your-conversation",
                "Only the provider itself hides its conversations",
                "You read this conversation as a member of the provider's team: ask the provider to hide it.");
    }

    static Problem recipientIsSender() {
        return new Problem(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "recipient-is-sender",
                "A message goes to somebody else",
                "recipientId is your own id: send the id of the user you want to write to.");
    }

    static Problem keyReused() {
        return new Problem(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "idempotency-key-reused",
                "This Idempotency-Key was used for another message",
                "Send a new key with a new message, or the same recipient, body and kind again to get the same answer.");
    }

    public static Problem onlyForProviders() {
        return new Problem(
                HttpStatus.FORBIDDEN,
                "only-for-providers",
                "Only a conversation's provider can do this",
                "Use the token of the conversation's provider, or of a member of the provider's team.");
    }

    public static Problem messageNotFound() {
        return new Problem(
                HttpStatus.NOT_FOUND,
                "message-not-found",
                "There is no such message",
                "Check the id: you can only reach messages of your own conversations.");
    }

    static Problem notYourMessage() {
        return new Problem(
                HttpStatus.FORBIDDEN,
                "not-your-message",
                "Only its sender can delete a message",
                "Ask the sender, or an administrator, to delete it. What a member wrote for a team, the team's provider deletes.");
    }

    static Problem conversationNotFound() {
        return new Problem(
                HttpStatus.NOT_FOUND,
                "conversation-not-found",
                "There is no such conversation",
                "Check the id: GET /api/v1/conversations lists yours. A deleted conversation is gone for good.");
    }
}
