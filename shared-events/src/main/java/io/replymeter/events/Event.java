package io.replymeter.events;

import java.util.UUID;

/** Something that happened in a conversation. Carries no message text and no names, ever. */
public sealed interface Event permits MessageCreated, MessageDeleted, ConversationDeleted {

    /** The conversation it happened in, and the record's key, so that a conversation's events stay in order. */
    UUID conversationId();
}
