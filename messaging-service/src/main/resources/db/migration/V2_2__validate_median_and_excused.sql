-- Reads all users, while others are written.
ALTER TABLE users
    VALIDATE CONSTRAINT cached_median_and_excused_are_possible,
    VALIDATE CONSTRAINT only_providers_have_median_and_excused;
