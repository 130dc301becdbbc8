-- Providers in the order of the list: those who answer best first, as Profiles computes it.
CREATE INDEX CONCURRENTLY providers_by_slowness ON users ((
    CASE WHEN show_response_metrics AND response_rate_percentage IS NOT NULL
        THEN (10000 - (response_rate_percentage * 100)::integer) * 100000
            + least(coalesce(median_response_time_minutes, 99999), 99999)
        ELSE 2147483647 END), id) WHERE role = 'PROVIDER' AND deactivated_at IS NULL;
