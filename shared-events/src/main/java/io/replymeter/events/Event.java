package io.replymeter.events;

import java.util.UUID;

/** Something that happened in a conversation. It never contains message text or names. */
public sealed interface Event permits MessageCreated, MessageDeleted, ConversationDeleted, InquiryExcused {

    /** The conversation, which is also the record key: this keeps the events of a conversation in order. */
    UUID conversationId();
}
