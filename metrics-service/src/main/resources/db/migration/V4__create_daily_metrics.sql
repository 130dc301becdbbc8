-- What a provider's inquiries add up to, by the UTC day on which they opened.
-- Index (day): the clean-up removes whole days.
CREATE TABLE daily_metrics (
    generation       smallint NOT NULL,
    provider_id      uuid NOT NULL,
    day              date NOT NULL,
    inquiries        bigint NOT NULL CHECK (inquiries > 0),
    answered         bigint NOT NULL CHECK (answered >= 0),
    answered_late    bigint NOT NULL CHECK (answered_late >= 0),
    response_micros  bigint NOT NULL CHECK (response_micros >= 0),
    response_times   bytea NOT NULL,
    PRIMARY KEY (provider_id, day, generation),
    CHECK (answered + answered_late <= inquiries)
) PARTITION BY LIST (generation);

CREATE INDEX daily_metrics_day ON daily_metrics (day);
