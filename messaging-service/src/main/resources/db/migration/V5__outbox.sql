-- Events on their way to Kafka: written with what they tell of, deleted when Kafka has acknowledged them. Within a
-- conversation ids rise in commit order, because they are drawn under the conversation's row lock; between conversations
-- they do not, so that the relay asks for what is there, never for what lies beyond an id.
CREATE TABLE outbox (
    lane            smallint    NOT NULL,
    id              bigint      GENERATED ALWAYS AS IDENTITY,
    conversation_id uuid        NOT NULL,
    event           bytea       NOT NULL, -- the contract's JSON; convert_from(event, 'UTF8') shows it
    accepted_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (lane, id) -- serves LaneConnection.oldest and delete
) WITH (
    -- Every row dies within milliseconds: sweep them away as soon as they are worth a visit, and at full speed.
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 1000,
    autovacuum_vacuum_insert_threshold = -1,
    autovacuum_vacuum_cost_delay = 0,
    autovacuum_analyze_scale_factor = 0,
    autovacuum_analyze_threshold = 1000000
);
