-- In which conversations providers write just under a day after they last wrote, again and again; kept for a day.
CREATE TABLE steady_messages (
    provider_id     uuid        NOT NULL,
    conversation_id uuid        NOT NULL,
    in_a_row        integer     NOT NULL,
    written_at      timestamptz NOT NULL, -- the latest of them
    PRIMARY KEY (provider_id, conversation_id)
);
