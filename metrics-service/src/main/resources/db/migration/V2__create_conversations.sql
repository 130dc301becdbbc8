-- The facts: one row a conversation, its messages as fixed-width entries (ConversationCodec says how; V7 shows them).
-- Ids do not compress, so it is not tried (EXTERNAL). The generation stands last in every key: it is one per partition.
-- Index (oldest_at): the clean-up asks for the rows that hold something older than its limit.
CREATE TABLE conversation (
    generation       smallint NOT NULL,
    conversation_id  uuid NOT NULL,
    deleted          boolean NOT NULL,
    threads          bytea STORAGE EXTERNAL NOT NULL,
    facts            bytea STORAGE EXTERNAL NOT NULL,
    deletions        bytea STORAGE EXTERNAL NOT NULL,
    oldest_at        bigint,
    PRIMARY KEY (conversation_id, generation)
) PARTITION BY LIST (generation);

CREATE INDEX conversation_oldest_at ON conversation (oldest_at);
