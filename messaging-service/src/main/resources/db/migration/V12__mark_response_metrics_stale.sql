-- A row for each time something changed a provider's metrics, until MetricsCache.collectMarks moves it to the user.
-- Rows are only ever added and taken away, so that messages of one provider never wait for each other here.
CREATE TABLE stale_response_metrics (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- serves MetricsCache.collectMarks
    provider_id uuid        NOT NULL,
    marked_at   timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
