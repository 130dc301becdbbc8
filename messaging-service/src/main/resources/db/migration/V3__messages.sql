-- sequence: 1, 2, 3 … within the conversation in commit order. body: null once deleted, and where history came without.
CREATE TABLE messages (
    id              uuid        PRIMARY KEY, -- serves Messages.findById, markDeleted; History.present
    conversation_id uuid        NOT NULL REFERENCES conversations,
    sequence        bigint      NOT NULL CHECK (sequence > 0),
    sender_id       uuid        NOT NULL REFERENCES users,
    kind            text        NOT NULL CHECK (kind IN ('HUMAN', 'AUTO_REPLY', 'SYSTEM')),
    body            text        CHECK (char_length(body) BETWEEN 1 AND 10000),
    sent_at         timestamptz NOT NULL,
    deleted_at      timestamptz CHECK (deleted_at IS NULL OR body IS NULL)
);

-- Messages.page: a conversation's messages, newest first; Messages.removeBodies: all of them.
CREATE INDEX messages_of_a_conversation ON messages (conversation_id, sent_at DESC, id DESC);
