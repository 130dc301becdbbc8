-- The life of each generation. Consumers write to those that are fed; removed_at tells that the tables are gone.
CREATE TABLE rebuild (
    generation                smallint PRIMARY KEY REFERENCES generation,
    state                     text NOT NULL,
    fed                       boolean NOT NULL GENERATED ALWAYS AS (
        state IN ('REPLAYING', 'CATCHING_UP', 'VERIFYING', 'READY', 'ACTIVE', 'RETIRED')) STORED,
    reason                    text,
    throttle                  integer CHECK (throttle > 0),
    accept_truncated_history  boolean NOT NULL DEFAULT false,
    verification_tries        integer NOT NULL DEFAULT 0,
    trouble                   text,
    trouble_sqlstate          text,
    trouble_at                timestamptz,
    started_at                timestamptz NOT NULL DEFAULT now(),
    replayed_at               timestamptz,
    caught_up_at              timestamptz,
    ready_at                  timestamptz,
    activated_at              timestamptz,
    retired_at                timestamptz,
    ended_at                  timestamptz,
    removed_at                timestamptz
);

-- One at a time: beside the active generation there is at most one more.
CREATE UNIQUE INDEX rebuild_one_at_a_time ON rebuild ((true)) WHERE state NOT IN ('ACTIVE', 'DROPPED', 'CANCELLED');

INSERT INTO rebuild (generation, state, started_at, activated_at)
SELECT generation, 'ACTIVE', created_at, created_at FROM generation;

-- Where a replay began and when that record was appended, where the topic ended then, and up to where it may read now.
ALTER TABLE partition_offset
    ADD COLUMN first_offset bigint,
    ADD COLUMN first_appended_at timestamptz,
    ADD COLUMN replay_until bigint,
    ADD COLUMN stop_at bigint;

-- The last comparison of a generation with the live one: the figures, and the first differences in detail.
CREATE TABLE verification (
    generation   smallint PRIMARY KEY REFERENCES generation,
    report       jsonb NOT NULL,
    differences  jsonb NOT NULL
);
