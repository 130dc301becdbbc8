package io.replymeter.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Decoding any bytes gives an event, none, or an {@link InvalidEvent}, and {@link StreamingDecoder} never changes the
 * outcome.
 */
class EventCodecFuzzTest {

    private static final int MUTATIONS = 100_000;
    private static final String[] PIECES = {
        "null",
        "true",
        "-1",
        "0",
        "1.5",
        "1e999",
        "99999999999999999999",
        "\"\"",
        "{}",
        "[]",
        "[[[[",
        "{\"a\":{\"b\":[",
        "\"",
        "\\",
        "\\u0000",
        "\\ud800",
        ",",
        ":",
        "}",
        "]",
        "{",
        "/*",
        "NaN",
        "\u0000",
        "\u00e9",
        "\ud83d\ude00",
        "\"type\":\"MessageDeleted\",",
        "\"version\":2,",
        "\"sequence\":0,",
        "\"sentAt\":1,",
        "\"kind\":null,",
        "\"kind\":\"human\",",
        "\"providerId\":null,",
        "\"answerableFrom\":\"2026-11-22T12:00:00+02:00\",",
        "\"reason\":\"spam\",",
        "\"excusedBy\":\"NOBODY\","
    };

    private final EventCodec codec = new EventCodec();
    private final Random random = new Random(20261122);

    @Test
    void mutatedEventsThrowNothingButInvalidEvent() {
        RandomEvents events = new RandomEvents(3);
        int read = 0;
        int skipped = 0;
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] value = mutated(codec.encode(events.next()));
            assertThat(outcome(() -> codec.decode(value))).isEqualTo(outcome(() -> codec.decodeTree(value)));
            try {
                Optional<Event> event = codec.decode(value);
                event.ifPresent(this::assertReadAgain);
                read += event.isPresent() ? 1 : 0;
                skipped += event.isEmpty() ? 1 : 0;
            } catch (InvalidEvent e) {
                refused++;
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("mutation " + i + ": " + new String(value, StandardCharsets.UTF_8), e);
            }
        }
        assertThat(read).as("read").isGreaterThan(MUTATIONS / 50);
        assertThat(skipped).as("skipped").isGreaterThan(MUTATIONS / 200);
        assertThat(refused).as("refused").isGreaterThan(MUTATIONS / 2);
    }

    @Test
    void whatTheCodecWritesIsCanonical() {
        RandomEvents events = new RandomEvents(4);
        for (int i = 0; i < 10_000; i++) {
            Event event = events.next();
            assertThat(StreamingDecoder.decode(codec.encode(event))).isEqualTo(event);
        }
    }

    private interface Decoding {
        Optional<Event> event() throws InvalidEvent;
    }

    /** The event, or why there is none, in words. */
    private static String outcome(Decoding decoding) {
        try {
            return decoding.event().toString();
        } catch (InvalidEvent e) {
            return e.reason() + ": " + e.getMessage();
        }
    }

    private void assertReadAgain(Event event) {
        try {
            if (!codec.decode(codec.encode(event)).equals(Optional.of(event))) {
                throw new AssertionError("not read again: " + event);
            }
        } catch (InvalidEvent e) {
            throw new AssertionError(event.toString(), e);
        }
    }

    private byte[] mutated(byte[] value) {
        byte[] result = value;
        for (int times = 1 + random.nextInt(3); times > 0 && result.length > 0; times--) {
            result = mutatedOnce(result);
        }
        return result;
    }

    private byte[] mutatedOnce(byte[] value) {
        int from = random.nextInt(value.length);
        int to = Math.min(value.length, from + random.nextInt(12));
        return switch (random.nextInt(6)) {
            case 0 -> changed(value, from, (byte) random.nextInt(256));
            case 1 -> changed(value, from, (byte) (' ' + random.nextInt(95)));
            case 2 -> spliced(value, from, to, new byte[0]);
            case 3 -> spliced(value, from, from, Arrays.copyOfRange(value, from, to));
            case 4 -> spliced(value, from, random.nextBoolean() ? from : to, piece());
            default -> random.nextInt(4) == 0 ? Arrays.copyOf(value, from) : spliced(value, 1, 1, piece());
        };
    }

    private byte[] piece() {
        return PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] changed(byte[] value, int at, byte to) {
        byte[] result = value.clone();
        result[at] = to;
        return result;
    }

    private static byte[] spliced(byte[] value, int from, int to, byte[] middle) {
        byte[] result = Arrays.copyOf(value, from + middle.length + value.length - to);
        System.arraycopy(middle, 0, result, from, middle.length);
        System.arraycopy(value, to, result, from + middle.length, value.length - to);
        return result;
    }
}
