-- Messages may be of the kinds ACTION and NOTE. The rows that are there fit already; V2_2 validates them, because that reads
-- the whole table.
ALTER TABLE messages
    DROP CONSTRAINT messages_kind_check,
    ADD CONSTRAINT messages_kind_check CHECK (kind IN ('HUMAN', 'ACTION', 'AUTO_REPLY', 'SYSTEM', 'NOTE')) NOT VALID;
