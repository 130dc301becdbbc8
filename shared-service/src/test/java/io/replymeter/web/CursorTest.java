package io.replymeter.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    private static final Instant AT = Instant.parse("2026-11-22T10:00:00.123456Z");

    @Test
    void aPlaceIsReadAsItWasWritten() {
        Cursor one = new Cursor(AT, UUID.randomUUID());
        Cursor two = new Cursor(AT, UUID.randomUUID(), UUID.randomUUID());

        assertThat(Cursor.read("messages", 1, one.write("messages"))).isEqualTo(one);
        assertThat(Cursor.read("inquiries", 2, two.write("inquiries"))).isEqualTo(two);
    }

    @Test
    void aTimeFarAheadIsReadAsItWasWritten() {
        Cursor place = new Cursor(Instant.parse("9999-12-31T23:59:59Z"), UUID.randomUUID());

        assertThat(Cursor.read("messages", 1, place.write("messages"))).isEqualTo(place);
    }

    @Test
    void noCursorIsBeforeEveryEntry() {
        Cursor start = Cursor.read("inquiries", 2, null);

        assertThat(start.at()).isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
        assertThat(start.ids()).hasSize(2).allMatch(id -> id.toString().equals("ffffffff-ffff-ffff-ffff-ffffffffffff"));
    }

    @Test
    void aTextNeedsNoEscapingInAUrl() {
        assertThat(new Cursor(AT, new UUID(-1, -1)).write("messages")).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void anotherListsCursorIsRefused() {
        assertRefused("messages", 1, new Cursor(AT, UUID.randomUUID()).write("conversations"));
        assertRefused("messages", 1, new Cursor(AT, UUID.randomUUID(), UUID.randomUUID()).write("messages"));
    }

    @Test
    void aChangedCursorIsRefused() {
        byte[] bytes = Base64.getUrlDecoder().decode(new Cursor(AT, UUID.randomUUID()).write("messages"));
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            assertRefused("messages", 1, Base64.getUrlEncoder().encodeToString(changed));
        }
    }

    @Test
    void aTimeThatNoListHoldsIsRefused() {
        assertRefused(
                "messages", 1, new Cursor(Instant.parse("1969-12-31T23:59:59Z"), UUID.randomUUID()).write("messages"));
        assertRefused(
                "messages",
                1,
                new Cursor(Instant.parse("+10000-01-01T00:00:00Z"), UUID.randomUUID()).write("messages"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "not base64!", "AAAA"})
    void anyOtherTextIsRefused(String text) {
        assertRefused("messages", 1, text);
    }

    private static void assertRefused(String list, int ids, String text) {
        assertThatThrownBy(() -> Cursor.read(list, ids, text)).isInstanceOfSatisfying(InvalidRequest.class, refusal -> {
            assertThat(refusal.getBody().getDetail()).startsWith("cursor must be the nextCursor of the page before");
            if (!text.isEmpty()) {
                assertThat(refusal.getBody().getDetail()).doesNotContain(text + " ");
            }
        });
    }
}
