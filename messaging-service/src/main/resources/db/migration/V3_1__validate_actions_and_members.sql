-- Reads all messages, while others are written.
ALTER TABLE messages
    VALIDATE CONSTRAINT messages_kind_check,
    VALIDATE CONSTRAINT only_actions_say_what_was_done,
    VALIDATE CONSTRAINT messages_provider_id_fkey;
