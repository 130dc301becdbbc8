-- What members wrote for a provider's account is found by its sender when the member is erased.
CREATE INDEX CONCURRENTLY messages_written_for_providers ON messages (sender_id)
    WHERE provider_id IS NOT NULL AND num_nonnulls(body, action) > 0;
