-- What two users write each other. The pair is kept in order (user_a < user_b), so that it is found either way round.
-- A deleted conversation stays as its own headstone: no import brings it back.
CREATE TABLE conversations (
    id            uuid        PRIMARY KEY, -- serves Conversations.findById, lock; History.lockConversations
    user_a        uuid        NOT NULL REFERENCES users,
    user_b        uuid        NOT NULL REFERENCES users CHECK (user_a < user_b),
    last_sequence bigint      NOT NULL,
    last_sent_at  timestamptz NOT NULL,
    hidden_from_a bigint      NOT NULL DEFAULT 0, -- user_a has put away the messages up to this sequence
    hidden_from_b bigint      NOT NULL DEFAULT 0,
    deleted_at    timestamptz
) WITH (fillfactor = 80);

-- Conversations.take: the newest undeleted conversation of a pair.
CREATE INDEX conversations_of_a_pair ON conversations (user_a, user_b) WHERE deleted_at IS NULL;

-- ConversationPages.conversations: a user's conversations, newest activity first.
CREATE INDEX conversations_of_user_a ON conversations (user_a, last_sent_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX conversations_of_user_b ON conversations (user_b, last_sent_at DESC, id DESC) WHERE deleted_at IS NULL;
