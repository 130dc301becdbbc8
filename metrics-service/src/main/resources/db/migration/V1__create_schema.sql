-- A generation is one complete set of derived tables (conversation, inquiry, daily_metrics) under one set of rules. Readers
-- see the one that active_generation names. Durations are in microseconds.
-- first_day: the first UTC day whose inquiries the generation keeps; NULL for all. A rebuild does not write what has been
-- cleaned up in the live generation when it begins.
CREATE TABLE generation (
    generation                smallint PRIMARY KEY CHECK (generation > 0),
    answer_within_micros      bigint NOT NULL,
    horizon_micros            bigint NOT NULL,
    reinquiry_silence_micros  bigint NOT NULL,
    longest_deferral_micros   bigint NOT NULL,
    excuse_allowance_percent  integer NOT NULL,
    window_days               integer NOT NULL,
    minimum_sample_size       integer NOT NULL,
    first_day                 date,
    created_at                timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE active_generation (
    only_row    boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    generation  smallint NOT NULL REFERENCES generation
);

-- The life cycle of each generation. Consumers write to fed generations; removed_at says that the tables are gone.
CREATE TABLE rebuild (
    generation                smallint PRIMARY KEY REFERENCES generation,
    state                     text NOT NULL,
    fed                       boolean NOT NULL GENERATED ALWAYS AS (
        state IN ('REPLAYING', 'CATCHING_UP', 'VERIFYING', 'READY', 'ACTIVE', 'RETIRED')) STORED,
    reason                    text,
    throttle                  integer CHECK (throttle > 0),
    accept_truncated_history  boolean NOT NULL DEFAULT false,
    verification_tries        integer NOT NULL DEFAULT 0,
    last_error                text,
    last_error_sqlstate       text,
    last_error_at             timestamptz,
    started_at                timestamptz NOT NULL DEFAULT now(),
    replayed_at               timestamptz,
    caught_up_at              timestamptz,
    ready_at                  timestamptz,
    activated_at              timestamptz,
    retired_at                timestamptz,
    ended_at                  timestamptz,
    removed_at                timestamptz
);

-- There is at most one generation beside the active one.
CREATE UNIQUE INDEX rebuild_one_at_a_time ON rebuild ((true)) WHERE state NOT IN ('ACTIVE', 'DROPPED', 'CANCELLED');

-- The last comparison of a generation with the live one: the figures, and the first differences in detail.
CREATE TABLE verification (
    generation   smallint PRIMARY KEY REFERENCES generation,
    report       jsonb NOT NULL,
    differences  jsonb NOT NULL
);

-- How far each generation has read each partition, written in the transaction of the effects.
-- first_offset, first_appended_at: where reading began, and when that record was appended.
-- replay_until: where the topic ended when the generation was created. barrier: the offset that must not be passed for now.
CREATE TABLE partition_offset (
    generation         smallint NOT NULL REFERENCES generation,
    partition          integer NOT NULL,
    topic_id           text NOT NULL,
    next_offset        bigint NOT NULL,
    applied_until      timestamptz,
    first_offset       bigint,
    first_appended_at  timestamptz,
    replay_until       bigint,
    barrier            bigint,
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

-- Records that break the contract, whole, so that nothing is lost. A record is kept once, however many generations read it.
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

-- The facts: one row per conversation, its messages as fixed-width entries, which the view fact shows. Ids do not compress,
-- so compression is not tried (EXTERNAL). extras: what few messages have, and excuses. oldest_at is in microseconds since 1970. In every key of the derived tables the
-- generation comes last: a partition holds only one.
CREATE TABLE conversation (
    generation       smallint NOT NULL,
    conversation_id  uuid NOT NULL,
    deleted          boolean NOT NULL,
    threads          bytea STORAGE EXTERNAL NOT NULL,
    facts            bytea STORAGE EXTERNAL NOT NULL,
    deletions        bytea STORAGE EXTERNAL NOT NULL,
    oldest_at        bigint,
    extras           bytea,
    PRIMARY KEY (conversation_id, generation)
) PARTITION BY LIST (generation);

-- The clean-up deletes whole UTC days. Rows that are written together are neighbours in an index of days; in an index of
-- times, each would go to another page.
CREATE INDEX conversation_oldest_day ON conversation ((oldest_at / 86400000000));

-- The inquiries that the facts derive. The primary key serves every query: a provider's inquiries by the time they opened.
-- A message to several clients opens one for each, under one id. asked_at: when it was sent, NULL if opened_at says it.
CREATE TABLE inquiry (
    generation           smallint NOT NULL,
    provider_id          uuid NOT NULL,
    opened_at            timestamptz NOT NULL,
    conversation_id      uuid NOT NULL,
    initial_message_id   uuid NOT NULL,
    client_id            uuid NOT NULL,
    response_message_id  uuid,
    responded_at         timestamptz,
    asked_at             timestamptz,
    excused_by           text,
    excuse_reason        text,
    excused_at           timestamptz,
    PRIMARY KEY (provider_id, opened_at, conversation_id, initial_message_id, client_id, generation),
    CHECK ((response_message_id IS NULL) = (responded_at IS NULL)),
    CHECK (responded_at >= opened_at),
    CHECK (num_nonnulls(excused_by, excuse_reason, excused_at) IN (0, 3)),
    CHECK (responded_at IS NULL OR excused_at IS NULL)
) PARTITION BY LIST (generation);

-- What a provider's inquiries add up to, by the UTC day on which they opened.
CREATE TABLE daily_metrics (
    generation           smallint NOT NULL,
    provider_id          uuid NOT NULL,
    day                  date NOT NULL,
    inquiries            bigint NOT NULL CHECK (inquiries > 0),
    answered             bigint NOT NULL CHECK (answered >= 0),
    answered_late        bigint NOT NULL CHECK (answered_late >= 0),
    excused_by_platform  bigint NOT NULL CHECK (excused_by_platform >= 0),
    excused_by_provider  bigint NOT NULL CHECK (excused_by_provider >= 0),
    response_micros      bigint NOT NULL CHECK (response_micros >= 0),
    response_times       bytea NOT NULL,
    PRIMARY KEY (provider_id, day, generation),
    CHECK (answered + answered_late + excused_by_platform + excused_by_provider <= inquiries)
) PARTITION BY LIST (generation);

-- For the clean-up, which deletes whole days.
CREATE INDEX daily_metrics_day ON daily_metrics (day);

-- The facts as rows, for people: SELECT * FROM fact WHERE conversation_id = '…'.
CREATE VIEW fact AS
SELECT c.generation,
       c.conversation_id,
       encode(substring(c.facts FROM n * 26 + 11 FOR 16), 'hex')::uuid AS message_id,
       'epoch'::timestamptz + (stamp & (1::bigint << 58) - 1) * interval '1 microsecond' AS sent_at,
       encode(substring(c.threads FROM t.thread * 56 + 1 FOR 16), 'hex')::uuid AS client_id,
       encode(substring(c.threads FROM t.thread * 56 + 17 FOR 16), 'hex')::uuid AS provider_id,
       CASE get_byte(c.facts, n * 26 + 1) & 1 WHEN 1 THEN 'CLIENT' ELSE 'PROVIDER' END AS sender_role,
       CASE stamp >> 58 & 1 WHEN 1 THEN 'ACTION' ELSE 'HUMAN' END AS kind,
       stamp >> 58 & 2 = 2 AS from_colleague,
       stamp >> 58 & 4 = 4 AS deferred
FROM conversation c,
     generate_series(0, length(c.facts) / 26 - 1) AS n,
     LATERAL (SELECT (get_byte(c.facts, n * 26) * 256 + get_byte(c.facts, n * 26 + 1)) >> 1 AS thread,
                    ('x' || encode(substring(c.facts FROM n * 26 + 3 FOR 8), 'hex'))::bit(64)::bigint AS stamp) AS t;
