-- Records that break the contract, whole, so that nothing is lost. Every generation reads the same record: it is kept once.
CREATE TABLE quarantine (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic_id       text NOT NULL,
    partition      integer NOT NULL,
    record_offset  bigint NOT NULL,
    appended_at    timestamptz NOT NULL,
    record_key     bytea,
    record_value   bytea,
    headers        jsonb NOT NULL,
    reason         text NOT NULL,
    detail         text NOT NULL,
    replayed_at    timestamptz,
    UNIQUE (topic_id, partition, record_offset)
);
