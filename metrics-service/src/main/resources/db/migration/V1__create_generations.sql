-- A generation is one complete set of derived tables under one set of rules. Readers follow active_generation.
CREATE TABLE generation (
    generation                smallint PRIMARY KEY CHECK (generation > 0),
    answer_within_micros      bigint NOT NULL,
    horizon_micros            bigint NOT NULL,
    reinquiry_silence_micros  bigint NOT NULL,
    window_days               integer NOT NULL,
    minimum_sample_size       integer NOT NULL,
    created_at                timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE active_generation (
    only_row    boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    generation  smallint NOT NULL REFERENCES generation
);
