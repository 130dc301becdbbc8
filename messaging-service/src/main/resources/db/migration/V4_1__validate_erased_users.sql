-- Reads all users, while others are written.
ALTER TABLE users VALIDATE CONSTRAINT erased_users_have_no_names;
