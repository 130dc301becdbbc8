-- Reads all messages, while others are written.
ALTER TABLE messages VALIDATE CONSTRAINT messages_kind_check;
