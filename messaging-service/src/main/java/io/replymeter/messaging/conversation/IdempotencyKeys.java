package io.replymeter.messaging.conversation;

import io.replymeter.jdbc.Pipeline;
import io.replymeter.logging.ErrorLog;
import io.replymeter.web.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/** Which message a sender's Idempotency-Key stands for, for a bounded time. */
@Repository
class IdempotencyKeys {

    /** Waits for a transaction that is claiming the same key. */
    private static final String CLAIM = """
            INSERT INTO idempotency_keys AS known (sender_id, key, request_hash, message_id)
            VALUES (:sender, :key, :hash, :message)
            ON CONFLICT (sender_id, key) DO UPDATE
            SET request_hash = excluded.request_hash, message_id = excluded.message_id, created_at = now()
            WHERE known.created_at < now() - make_interval(secs => :kept)
            RETURNING message_id
            """;

    private static final String FIND = """
            SELECT request_hash, message_id FROM idempotency_keys WHERE sender_id = :sender AND key = :key
            """;

    private static final String FORGET = """
            DELETE FROM idempotency_keys WHERE (sender_id, key) IN (
                SELECT sender_id, key FROM idempotency_keys
                WHERE created_at < now() - make_interval(secs => :kept)
                ORDER BY created_at LIMIT 5000)
            """;

    private static final String FORGET_SENDER = """
            DELETE FROM idempotency_keys WHERE (sender_id, key) IN (
                SELECT sender_id, key FROM idempotency_keys WHERE sender_id = :sender LIMIT :limit)
            """;

    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    private record Claim(byte[] hash, UUID messageId) {}

    private static final ErrorLog errors = new ErrorLog(LoggerFactory.getLogger(IdempotencyKeys.class));

    private final JdbcClient jdbc;
    private final Duration kept;

    IdempotencyKeys(JdbcClient jdbc, @Value("${replymeter.messages.idempotency-keys-kept:24h}") Duration kept) {
        this.jdbc = jdbc;
        this.kept = kept;
    }

    /**
     * Which message {@code key} stands for, to be asked once the pipeline has run: {@code messageId}, unless the sender has
     * used the key before. It throws a {@link Problem} when that was for another request.
     *
     * @param key null if the request has none
     * @param content the same for equal requests, different for others; only its hash is kept
     */
    Supplier<UUID> claim(Pipeline pipeline, UUID sender, @Nullable String key, String content, UUID messageId) {
        if (key == null) {
            return () -> messageId;
        }
        byte[] hash = hash(content);
        Map<String, Object> parameters = Map.of(
                "sender", sender, "key", key, "hash", hash, "message", messageId, "kept", (double) kept.toSeconds());
        List<UUID> claimed =
                pipeline.query(CLAIM, parameters, (row, number) -> row.getObject("message_id", UUID.class));
        return () -> claimed.isEmpty() ? known(sender, key, hash) : messageId;
    }

    private UUID known(UUID sender, String key, byte[] hash) {
        Claim known = jdbc.sql(FIND)
                .param("sender", sender)
                .param("key", key)
                .query((row, number) ->
                        new Claim(row.getBytes("request_hash"), row.getObject("message_id", UUID.class)))
                .single();
        if (!MessageDigest.isEqual(known.hash(), hash)) {
            throw ConversationProblems.keyReused();
        }
        return known.messageId();
    }

    private static byte[] hash(String content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** Deletes at most {@code limit} keys of a sender. Returns how many. */
    int forget(UUID sender, int limit) {
        return jdbc.sql(FORGET_SENDER)
                .param("sender", sender)
                .param("limit", limit)
                .update();
    }

    /** Deletes the keys that have been kept long enough, some thousands at a time. */
    @Scheduled(fixedDelayString = "${replymeter.messages.idempotency-keys-sweep:1m}")
    void forget() {
        try {
            int forgotten;
            do {
                forgotten = jdbc.sql(FORGET)
                        .param("kept", (double) kept.toSeconds())
                        .update();
            } while (forgotten > 0);
        } catch (RuntimeException e) {
            errors.report("Old idempotency keys could not be deleted; the next sweep tries again", e);
        }
    }
}
