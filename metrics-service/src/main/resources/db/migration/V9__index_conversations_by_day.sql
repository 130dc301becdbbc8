-- The clean-up removes whole UTC days. Rows written together are neighbours in an index of days; in one of times each went
-- to a page of its own, for two thirds of what writing a conversation cost.
CREATE INDEX conversation_oldest_day ON conversation ((oldest_at / 86400000000));
DROP INDEX conversation_oldest_at;
