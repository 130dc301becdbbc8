-- What a provider does by a button, notes that the client does not see, and what a team's member wrote for a provider. The
-- rows that are there fit already; V3_1 validates them, because that reads the whole table.
ALTER TABLE messages
    DROP CONSTRAINT messages_kind_check,
    ADD CONSTRAINT messages_kind_check CHECK (kind IN ('HUMAN', 'ACTION', 'AUTO_REPLY', 'SYSTEM', 'NOTE')) NOT VALID,
    ADD COLUMN action      text,
    ADD COLUMN provider_id uuid, -- for whom a member of its team wrote it; null when the sender takes part
    ADD CONSTRAINT only_actions_say_what_was_done CHECK (
        action IS NULL OR (kind = 'ACTION' AND action IN ('ACCEPTED', 'DECLINED', 'QUOTED', 'CALLED'))) NOT VALID,
    ADD CONSTRAINT messages_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES users NOT VALID;

-- Who reads and answers for a provider beside the provider itself.
CREATE TABLE team_members (
    provider_id uuid        NOT NULL REFERENCES users,
    member_id   uuid        NOT NULL REFERENCES users CHECK (member_id <> provider_id),
    added_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (provider_id, member_id)
);

-- Clients' messages whose inquiries were excused, once by each who may.
CREATE TABLE excuses (
    message_id uuid        NOT NULL REFERENCES messages,
    excused_by text        NOT NULL CHECK (excused_by IN ('PROVIDER', 'PLATFORM')),
    reason     text        NOT NULL CHECK (reason IN ('NO_REPLY_NEEDED', 'SPAM', 'BLOCKED', 'WITHDRAWN', 'OTHER')),
    excused_at timestamptz NOT NULL,
    PRIMARY KEY (message_id, excused_by)
);

-- Users who may not write any more.
CREATE TABLE bans (
    user_id   uuid        PRIMARY KEY REFERENCES users,
    banned_at timestamptz NOT NULL DEFAULT now()
);

-- Clients who may not write to a provider any more.
CREATE TABLE blocks (
    provider_id uuid        NOT NULL REFERENCES users,
    client_id   uuid        NOT NULL REFERENCES users,
    blocked_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (provider_id, client_id)
);

-- In which conversations providers answered within seconds, for an hour.
CREATE TABLE quick_answers (
    provider_id     uuid        NOT NULL,
    conversation_id uuid        NOT NULL,
    answered_at     timestamptz NOT NULL,
    PRIMARY KEY (provider_id, conversation_id)
);
