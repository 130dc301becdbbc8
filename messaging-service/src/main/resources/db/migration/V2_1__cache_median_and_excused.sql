-- The last answer of the metrics API has a median and says how many inquiries were excused. Both are null until a provider's
-- next refresh. V2_2 validates the constraints, because that reads the whole table.
ALTER TABLE users
    ADD COLUMN median_response_time_minutes integer,
    ADD COLUMN metrics_excused              integer, -- inquiries that count neither for nor against
    ADD CONSTRAINT cached_median_and_excused_are_possible CHECK (
        median_response_time_minutes >= 0 AND metrics_excused >= 0) NOT VALID,
    ADD CONSTRAINT only_providers_have_median_and_excused CHECK (
        role = 'PROVIDER' OR num_nonnulls(median_response_time_minutes, metrics_excused) = 0) NOT VALID;
