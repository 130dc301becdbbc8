package io.replymeter.metrics.oracle.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Records that a reader of the contract must not trip over, and what becomes of each by its words; the same for a seed. */
public final class HostileRecords {

    private static final int MOST_BYTES = 65_536;
    private static final int MOST_DEPTH = 500;
    private static final int MOST_DIGITS = 1_000;
    private static final List<String> REQUIRED = List.of(
            "type",
            "version",
            "messageId",
            "conversationId",
            "senderId",
            "senderRole",
            "recipientId",
            "recipientRole",
            "sentAt");
    private static final List<String> NO_TEXT = List.of("1", "true", "[]", "{}", "null", "0.5");
    private static final List<String> NO_TIME = List.of(
            "yesterday",
            "",
            "2026-11-22",
            "2026-11-22T10:00:00",
            "2026-11-22t10:00:00Z",
            "2026-02-30T10:00:00Z",
            "2026-11-22T24:00:00Z",
            "2026-11-22T10:00:61Z",
            "2026-11-22T10:00:00.Z",
            "2026-11-22T10:00:00.0123456789Z",
            "+12026-11-22T10:00:00Z",
            "1969-12-31T23:59:59Z",
            "-0001-01-01T00:00:00Z",
            "1763805600");
    private static final List<String> NO_JSON = List.of(
            "",
            " ",
            "null",
            "true",
            "17",
            "\"text\"",
            "[]",
            "{",
            "}",
            "{}{}",
            "{'type':1}",
            "{\"type\"}",
            "{,}",
            "\u0000",
            "<xml/>",
            "NaN",
            "{\"a\":NaN}",
            "{\"a\":01}",
            "{\"a\":\"\t\"}",
            "{\"a\":\"\\x\"}");

    /** What becomes of a record. */
    public enum Outcome {
        QUARANTINED,
        IGNORED,
        /** It is a client's first message of its conversation. */
        APPLIED
    }

    /**
     * A record.
     *
     * @param key seldom the conversation's id; null for none
     * @param value null for a tombstone
     * @param reason why it is quarantined or ignored; empty if it is applied
     */
    public record Hostile(byte @Nullable [] key, byte @Nullable [] value, Outcome outcome, String reason) {}

    private final Random random;
    private final List<Supplier<Hostile>> kinds = List.of(
            this::noJson,
            this::bytes,
            this::truncated,
            this::tombstone,
            this::wrongType,
            this::missing,
            this::noId,
            this::noTime,
            this::wrongCase,
            this::ofOneself,
            this::twiceTheSameName,
            this::tooDeep,
            this::tooManyDigits,
            this::sequence,
            this::version,
            this::future,
            this::tooLarge,
            this::tooOld,
            this::unknownType,
            this::notHuman,
            this::otherRoles,
            this::unusual);

    public HostileRecords(long seed) {
        random = new Random(seed);
    }

    public Hostile next() {
        return any(kinds).get();
    }

    /** The value of one that is quarantined; no other record has it. */
    public byte[] nextBroken() {
        List<Supplier<Hostile>> withIds = List.of(this::wrongType, this::noTime, this::wrongCase, this::version);
        return requireNonNull(any(withIds).get().value());
    }

    private Hostile noJson() {
        return malformed(any(NO_JSON));
    }

    private Hostile bytes() {
        byte[] value = new byte[1 + random.nextInt(300)];
        random.nextBytes(value);
        value[0] = (byte) 0xC0; // Begins no UTF-8.
        return new Hostile(key(), value, Outcome.QUARANTINED, "MALFORMED");
    }

    private Hostile truncated() {
        String whole = text(message());
        return malformed(whole.substring(0, random.nextInt(whole.length())));
    }

    private Hostile tombstone() {
        return new Hostile(key(), null, Outcome.QUARANTINED, "MALFORMED");
    }

    private Hostile wrongType() {
        Map<String, String> message = message();
        String field = any(REQUIRED);
        message.put(
                field, field.equals("version") ? any(List.of("\"1\"", "1.0", "true", "[1]", "null")) : any(NO_TEXT));
        return malformed(text(message));
    }

    private Hostile missing() {
        Map<String, String> message = message();
        message.remove(any(REQUIRED));
        return malformed(text(message));
    }

    private Hostile noId() {
        String id = id().toString();
        return malformed(with(
                any(List.of("messageId", "conversationId", "senderId", "recipientId", "providerId")),
                any(List.of(
                        "", id.replace("-", ""), "{" + id + "}", id + "0", id.substring(1), "g" + id.substring(1)))));
    }

    private Hostile noTime() {
        return malformed(with(any(List.of("sentAt", "answerableFrom")), any(NO_TIME)));
    }

    private Hostile wrongCase() {
        return malformed(with("kind", any(List.of("human", "Action", "auto_reply", "note", "System"))));
    }

    private Hostile ofOneself() {
        Map<String, String> message = message();
        message.put(any(List.of("recipientId", "providerId")), message.get("senderId"));
        return malformed(text(message));
    }

    private Hostile twiceTheSameName() {
        return malformed(
                text(message()).replaceFirst("\\{", "{\"" + any(REQUIRED) + "\":" + any(List.of("1", "\"x\"")) + ","));
    }

    private Hostile tooDeep() {
        return malformed(nested(MOST_DEPTH + random.nextInt(20_000)));
    }

    private Hostile tooManyDigits() {
        return malformed(withRaw("unknown", "9".repeat(MOST_DIGITS + 1 + random.nextInt(5_000))));
    }

    private Hostile sequence() {
        return malformed(withRaw("sequence", any(List.of("0", "-1", "1.5", "\"1\"", "9223372036854775808", "[]"))));
    }

    private Hostile version() {
        return record(
                withRaw("version", any(List.of("0", "2", "-1", "1000", "99999999999999999999"))),
                Outcome.QUARANTINED,
                "UNSUPPORTED_VERSION");
    }

    private Hostile future() {
        Instant time = any(List.of(
                Instant.now().plus(Duration.ofHours(1 + random.nextInt(100_000))),
                Instant.parse("9999-12-31T23:59:59.999999999Z")));
        String value = random.nextBoolean() ? with("sentAt", time.toString()) : deletion(time);
        return record(value, Outcome.QUARANTINED, "FUTURE");
    }

    private Hostile tooLarge() {
        String padding = any(List.of(" ", "\\u0000", "x")).repeat(MOST_BYTES + random.nextInt(10_000));
        return record(with("unknown", padding), Outcome.QUARANTINED, "TOO_LARGE");
    }

    private Hostile tooOld() {
        Instant time = any(List.of(Instant.EPOCH, Instant.now().minus(Duration.ofDays(32 + random.nextInt(20_000)))));
        return record(
                random.nextBoolean() ? with("sentAt", time.toString()) : deletion(time), Outcome.IGNORED, "TOO_OLD");
    }

    private Hostile unknownType() {
        String type = any(List.of("MessageEdited", "messageCreated", "", "MessageCreated ", "\\u0000"));
        return record(with("type", type), Outcome.IGNORED, "UNKNOWN_TYPE");
    }

    private Hostile notHuman() {
        String kind = any(List.of("AUTO_REPLY", "SYSTEM", "NOTE", "ACTION", "OTHER", "", "Mensch", "\\ud83d\\ude00"));
        return record(with("kind", kind), Outcome.IGNORED, "NOT_HUMAN");
    }

    private Hostile otherRoles() {
        return record(
                with("senderRole", any(List.of("ADMIN", "PROVIDER", "client", "", "OTHER"))),
                Outcome.IGNORED,
                "OTHER_ROLES");
    }

    /** Strange, and by the contract all the same. */
    private Hostile unusual() {
        String value = switch (random.nextInt(6)) {
            case 0 -> nested(MOST_DEPTH - 2);
            case 1 -> withRaw("unknown", "9".repeat(MOST_DIGITS));
            case 2 -> "\r\n\t " + text(message()) + " \n";
            case 3 -> withRaw("kind", "null");
            case 4 -> with("unknown", "x".repeat(MOST_BYTES - 1_000));
            default -> text(message()).replace("\"type\"", "\"t\\u0079pe\"");
        };
        return record(value, Outcome.APPLIED, "");
    }

    private String nested(int depth) {
        return withRaw("unknown", "[".repeat(depth) + "]".repeat(depth));
    }

    private String deletion(Instant time) {
        return "{\"type\":\"%s\",\"version\":1,\"messageId\":\"%s\",\"conversationId\":\"%s\",\"deletedAt\":\"%s\"}"
                .formatted(any(List.of("MessageDeleted", "ConversationDeleted")), id(), id(), time);
    }

    private String with(String field, String text) {
        return withRaw(field, '"' + text + '"');
    }

    private String withRaw(String field, String json) {
        Map<String, String> message = message();
        message.put(field, json);
        return text(message);
    }

    /** The fields of a client's message, as JSON. */
    private Map<String, String> message() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("type", "\"MessageCreated\"");
        fields.put("version", "1");
        for (String field : List.of("messageId", "conversationId", "senderId", "recipientId")) {
            fields.put(field, "\"" + id() + '"');
        }
        fields.put("senderRole", "\"CLIENT\"");
        fields.put("recipientRole", "\"PROVIDER\"");
        fields.put("sentAt", "\"" + Instant.now().minusSeconds(60) + '"');
        return fields;
    }

    private static String text(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> '"' + field.getKey() + "\":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private Hostile malformed(String value) {
        return record(value, Outcome.QUARANTINED, "MALFORMED");
    }

    private Hostile record(String value, Outcome outcome, String reason) {
        return new Hostile(key(), value.getBytes(UTF_8), outcome, reason);
    }

    private byte @Nullable [] key() {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> id().toString().getBytes(UTF_8);
            default -> "\u00ff\u0000no key".repeat(1 + random.nextInt(500)).getBytes(ISO_8859_1);
        };
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
