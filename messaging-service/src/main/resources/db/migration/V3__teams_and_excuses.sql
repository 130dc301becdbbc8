-- What a provider does by a button, and notes that the client does not see.
ALTER TABLE messages
    DROP CONSTRAINT messages_kind_check,
    ADD CONSTRAINT messages_kind_check CHECK (kind IN ('HUMAN', 'ACTION', 'AUTO_REPLY', 'SYSTEM', 'NOTE')),
    ADD COLUMN action text CHECK (action IN ('ACCEPTED', 'DECLINED', 'QUOTED', 'CALLED')),
    ADD CONSTRAINT only_actions_say_what_was_done CHECK (action IS NULL OR kind = 'ACTION');
