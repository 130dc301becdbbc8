-- The people of the marketplace, what they say about themselves, and the last known response metrics of providers.
CREATE TABLE users (
    id                            uuid          PRIMARY KEY, -- also the subject of the user's tokens
    role                          text          NOT NULL CHECK (role IN ('CLIENT', 'PROVIDER', 'ADMIN')),
    display_name                  text          NOT NULL,
    created_at                    timestamptz   NOT NULL DEFAULT now(),
    bio                           text,
    show_response_metrics         boolean       NOT NULL DEFAULT true, -- to others; providers always see their own

    -- The last answer of the metrics API about a provider, with the rules that its words name.
    average_response_time_minutes integer       CHECK (average_response_time_minutes >= 0),
    response_rate_percentage      numeric(5, 2) CHECK (response_rate_percentage BETWEEN 0 AND 100),
    metrics_last_updated          timestamptz,  -- the watermark of the answer: messages up to it are counted
    metrics_as_of                 timestamptz,  -- when the answer was given
    metrics_sample_size           integer,
    metrics_answered              integer       CHECK (metrics_answered BETWEEN 0 AND metrics_sample_size),
    metrics_minimum_sample_size   integer       CHECK (metrics_minimum_sample_size > 0),
    metrics_window_days           integer       CHECK (metrics_window_days > 0),
    metrics_answer_within_seconds bigint        CHECK (metrics_answer_within_seconds > 0),
    metrics_stale_since           timestamptz,  -- the newest message that the answer may not include
    metrics_due_at                timestamptz,  -- when to ask again; null means at once

    CONSTRAINT only_providers_hide_response_metrics CHECK (role = 'PROVIDER' OR show_response_metrics),
    CONSTRAINT cached_response_metrics_are_whole CHECK (
        num_nonnulls(metrics_as_of, metrics_sample_size, metrics_answered, metrics_minimum_sample_size,
            metrics_window_days, metrics_answer_within_seconds) IN (0, 6)),
    CONSTRAINT only_providers_have_response_metrics CHECK (
        role = 'PROVIDER' OR num_nonnulls(average_response_time_minutes, response_rate_percentage,
            metrics_last_updated, metrics_as_of, metrics_stale_since, metrics_due_at) = 0)
);

-- The providers to ask about next: first those whose answer is stale, then those whose answer is due.
CREATE INDEX users_with_stale_metrics ON users (metrics_due_at) WHERE metrics_stale_since IS NOT NULL;
CREATE INDEX users_by_metrics_due ON users (coalesce(metrics_due_at, '-infinity')) WHERE role = 'PROVIDER';

-- A row each time a message changes a provider's metrics, until the mark is moved to the provider's row. Rows are only
-- ever added and deleted, so that messages of one provider never wait for each other here.
CREATE TABLE stale_response_metrics (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    provider_id uuid        NOT NULL,
    marked_at   timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- Conversations of two users. The pair is stored in order, so that it is found from either side. The row of a deleted
-- conversation stays, so that no import brings the conversation back.
CREATE TABLE conversations (
    id            uuid        PRIMARY KEY,
    user_a        uuid        NOT NULL REFERENCES users,
    user_b        uuid        NOT NULL REFERENCES users CHECK (user_a < user_b),
    last_sequence bigint      NOT NULL,
    last_sent_at  timestamptz NOT NULL,
    hidden_from_a bigint      NOT NULL DEFAULT 0, -- user_a has hidden the messages up to this sequence
    hidden_from_b bigint      NOT NULL DEFAULT 0,
    deleted_at    timestamptz
) WITH (fillfactor = 80);

-- The newest conversation of a pair, for the next message.
CREATE INDEX conversations_of_a_pair ON conversations (user_a, user_b) WHERE deleted_at IS NULL;

-- A user's conversations, newest activity first.
CREATE INDEX conversations_of_user_a ON conversations (user_a, last_sent_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX conversations_of_user_b ON conversations (user_b, last_sent_at DESC, id DESC) WHERE deleted_at IS NULL;

CREATE TABLE messages (
    id              uuid        PRIMARY KEY,
    conversation_id uuid        NOT NULL REFERENCES conversations,
    sequence        bigint      NOT NULL CHECK (sequence > 0), -- 1, 2, 3 … in the conversation, in commit order
    sender_id       uuid        NOT NULL REFERENCES users,
    kind            text        NOT NULL CHECK (kind IN ('HUMAN', 'AUTO_REPLY', 'SYSTEM')),
    body            text        CHECK (char_length(body) BETWEEN 1 AND 10000), -- null once deleted, and when imported
    sent_at         timestamptz NOT NULL,
    deleted_at      timestamptz CHECK (deleted_at IS NULL OR body IS NULL)
);

-- A conversation's messages, newest first.
CREATE INDEX messages_of_a_conversation ON messages (conversation_id, sent_at DESC, id DESC);

-- Which message answers a repeated request, for as long as keys are kept.
CREATE TABLE idempotency_keys (
    sender_id    uuid        NOT NULL,
    key          text        NOT NULL,
    request_hash bytea       NOT NULL,
    message_id   uuid        NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (sender_id, key)
) WITH (autovacuum_vacuum_scale_factor = 0.02);

-- The oldest keys, which are deleted first.
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

-- Events on their way to Kafka: written in the transaction of the change they tell of, deleted when Kafka has
-- acknowledged them. Within a conversation ids rise in commit order, because they are drawn under the conversation's row
-- lock. Between conversations they do not, so the relay never skips to ids beyond one it has seen.
CREATE TABLE outbox (
    shard           smallint    NOT NULL,
    id              bigint      GENERATED ALWAYS AS IDENTITY,
    conversation_id uuid        NOT NULL,
    event           bytea       NOT NULL, -- the contract's JSON; convert_from(event, 'UTF8') shows it
    accepted_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (shard, id)
) WITH (
    -- Every row dies within milliseconds: vacuum early, and at full speed.
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 1000,
    autovacuum_vacuum_insert_threshold = -1,
    autovacuum_vacuum_cost_delay = 0,
    autovacuum_analyze_scale_factor = 0,
    autovacuum_analyze_threshold = 1000000
);
