-- What people say about themselves, and whether a provider shows the response metrics to others.
ALTER TABLE users
    ADD COLUMN bio                   text,
    ADD COLUMN show_response_metrics boolean NOT NULL DEFAULT true,
    ADD CONSTRAINT only_providers_hide_response_metrics CHECK (role = 'PROVIDER' OR show_response_metrics);
