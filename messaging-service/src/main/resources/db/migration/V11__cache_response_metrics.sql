-- The last known answer of the metrics API about a provider, and when to ask again.
ALTER TABLE users
    ADD COLUMN average_response_time_minutes integer       CHECK (average_response_time_minutes >= 0),
    ADD COLUMN response_rate_percentage      numeric(5, 2) CHECK (response_rate_percentage BETWEEN 0 AND 100),
    ADD COLUMN metrics_last_updated          timestamptz, -- the log time the answer had applied
    ADD COLUMN metrics_as_of                 timestamptz, -- when the answer was given
    ADD COLUMN metrics_sample_size           integer,
    ADD COLUMN metrics_answered              integer CHECK (metrics_answered BETWEEN 0 AND metrics_sample_size),
    -- The rules of the answer, which the words name.
    ADD COLUMN metrics_minimum_sample_size   integer CHECK (metrics_minimum_sample_size > 0),
    ADD COLUMN metrics_window_days           integer CHECK (metrics_window_days > 0),
    ADD COLUMN metrics_answer_within_seconds bigint  CHECK (metrics_answer_within_seconds > 0),
    ADD COLUMN metrics_stale_since           timestamptz, -- the latest message the answer may lack
    ADD COLUMN metrics_due_at                timestamptz, -- when to ask again; null: at once
    ADD CONSTRAINT cached_response_metrics_are_whole CHECK (
        num_nonnulls(metrics_as_of, metrics_sample_size, metrics_answered, metrics_minimum_sample_size,
            metrics_window_days, metrics_answer_within_seconds) IN (0, 6)),
    ADD CONSTRAINT only_providers_have_response_metrics CHECK (
        role = 'PROVIDER' OR num_nonnulls(average_response_time_minutes, response_rate_percentage,
            metrics_last_updated, metrics_as_of, metrics_stale_since, metrics_due_at) = 0);

-- The next to ask about (MetricsCache.claimStale and claimDue).
CREATE INDEX users_with_stale_metrics ON users (metrics_due_at) WHERE metrics_stale_since IS NOT NULL;
CREATE INDEX users_by_metrics_due ON users (coalesce(metrics_due_at, '-infinity')) WHERE role = 'PROVIDER';
