-- The answer to a repeated POST /api/v1/messages, for a bounded time.
CREATE TABLE idempotency_keys (
    sender_id    uuid        NOT NULL,
    key          text        NOT NULL,
    request_hash bytea       NOT NULL,
    message_id   uuid        NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (sender_id, key) -- serves IdempotencyKeys.claim
) WITH (autovacuum_vacuum_scale_factor = 0.02);

-- IdempotencyKeys.forget: the oldest first.
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
