-- The people of the marketplace. The id is the subject of their tokens.
CREATE TABLE users (
    id           uuid        PRIMARY KEY, -- serves Users.findById and findAllById
    role         text        NOT NULL CHECK (role IN ('CLIENT', 'PROVIDER', 'ADMIN')),
    display_name text        NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now()
);
