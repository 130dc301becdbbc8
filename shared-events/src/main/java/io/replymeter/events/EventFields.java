package io.replymeter.events;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields of an event's JSON object, read without any coercion. A field that is null counts as absent. Errors name the
 * field and never quote its value.
 */
record EventFields(JsonNode json) {

    /**
     * The constant of {@code other}'s enum with this name in an event. A known name in another case is refused: taken for
     * unknown, nothing that an integration sends would be measured.
     *
     * @param other what an unknown name means
     * @throws IllegalArgumentException when it is a known name in another case
     */
    static <E extends Enum<E>> E constant(String field, String name, E other) {
        E[] constants = other.getDeclaringClass().getEnumConstants();
        for (E constant : constants) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        for (E constant : constants) {
            if (constant != other && constant.name().equalsIgnoreCase(name)) {
                throw new IllegalArgumentException(field + " is not in upper case: write " + constant);
            }
        }
        return other;
    }

    String text(String field) throws InvalidEvent {
        JsonNode value = required(field);
        if (!value.isString()) {
            throw InvalidEvent.malformed(field + " is not a string");
        }
        return value.stringValue();
    }

    String textOr(String field, String absent) throws InvalidEvent {
        return optional(field) == null ? absent : text(field);
    }

    @Nullable UUID uuidOrNull(String field) throws InvalidEvent {
        return optional(field) == null ? null : uuid(field);
    }

    UUID uuid(String field) throws InvalidEvent {
        String text = text(field);
        try {
            UUID uuid = UUID.fromString(text);
            // UUID.fromString also takes short groups, signs and misplaced hyphens, which other readers refuse.
            if (uuid.toString().equalsIgnoreCase(text)) {
                return uuid;
            }
        } catch (IllegalArgumentException e) {
            // Reported below.
        }
        throw InvalidEvent.malformed(field + " is not a UUID of 36 characters");
    }

    @Nullable Instant timeOrNull(String field) throws InvalidEvent {
        return optional(field) == null ? null : time(field);
    }

    Instant time(String field) throws InvalidEvent {
        try {
            return Timestamps.parse(text(field));
        } catch (DateTimeException e) {
            throw InvalidEvent.malformed(field + " is not a time like 2026-11-22T10:00:00.123456Z");
        }
    }

    /** Whether a required whole number is {@code expected}. The number may have any size. */
    boolean isWholeNumber(String field, int expected) throws InvalidEvent {
        JsonNode value = required(field);
        requireWholeNumber(field, value);
        return value.canConvertToInt() && value.intValue() == expected;
    }

    @Nullable Long wholeNumberOrNull(String field) throws InvalidEvent {
        JsonNode value = optional(field);
        if (value == null) {
            return null;
        }
        requireWholeNumber(field, value);
        if (!value.canConvertToLong()) {
            throw InvalidEvent.malformed(field + " does not fit into 64 bits");
        }
        return value.longValue();
    }

    private static void requireWholeNumber(String field, JsonNode value) throws InvalidEvent {
        if (!value.isIntegralNumber()) {
            throw InvalidEvent.malformed(field + " is not a whole number");
        }
    }

    private JsonNode required(String field) throws InvalidEvent {
        JsonNode value = optional(field);
        if (value == null) {
            throw InvalidEvent.malformed(field + " is missing");
        }
        return value;
    }

    private @Nullable JsonNode optional(String field) {
        JsonNode value = json.get(field);
        return value == null || value.isNull() ? null : value;
    }
}
