-- Whom a record is about, as far as it says, and when somebody decided that it does not matter: from then on it has no key and
-- value, and a rebuild that reads it again does not bring it back.
ALTER TABLE quarantine
    ADD COLUMN conversation_id  uuid,
    ADD COLUMN provider_id      uuid,
    ADD COLUMN discarded_at     timestamptz;
