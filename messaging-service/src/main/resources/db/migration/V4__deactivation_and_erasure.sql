-- Users who were deactivated, for a while or for good. V4_1 validates the constraint, because that reads the whole table.
ALTER TABLE users
    ADD COLUMN deactivated_at timestamptz, -- their tokens are refused, and their profile and they are not found any more
    ADD COLUMN erased_at      timestamptz, -- deactivated for good, and nothing is kept of what they said of themselves
    ADD CONSTRAINT erased_users_have_no_names CHECK (
        erased_at IS NULL OR (deactivated_at IS NOT NULL AND display_name = '' AND bio IS NULL)) NOT VALID;

-- Erased users of whom something is still to be removed.
CREATE TABLE erasures (
    user_id      uuid        PRIMARY KEY REFERENCES users,
    requested_at timestamptz NOT NULL DEFAULT now(),
    due_at       timestamptz NOT NULL DEFAULT now() -- until then an instance is at it
);
