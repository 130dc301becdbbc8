-- How far each generation has read each partition, written in the same transaction as the effects.
CREATE TABLE partition_offset (
    generation     smallint NOT NULL REFERENCES generation,
    partition      integer NOT NULL,
    topic_id       text NOT NULL,
    next_offset    bigint NOT NULL,
    applied_until  timestamptz,
    PRIMARY KEY (generation, partition)
);

-- Records that were read and did not count, by reason.
CREATE TABLE ignored_records (
    generation  smallint NOT NULL REFERENCES generation,
    partition   integer NOT NULL,
    reason      text NOT NULL,
    records     bigint NOT NULL,
    PRIMARY KEY (generation, partition, reason)
);
