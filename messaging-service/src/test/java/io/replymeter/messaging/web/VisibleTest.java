package io.replymeter.messaging.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.messaging.Api;
import io.replymeter.messaging.MessagingTest;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@MessagingTest
class VisibleTest {

    private static final Set<Integer> INVISIBLE_TYPES = Set.of(
            (int) Character.CONTROL,
            (int) Character.FORMAT,
            (int) Character.SURROGATE,
            (int) Character.SPACE_SEPARATOR,
            (int) Character.LINE_SEPARATOR,
            (int) Character.PARAGRAPH_SEPARATOR);

    /** A variation selector of Mongolian, since Unicode 14. */
    private static final int UNKNOWN_TO_JDK_17 = 0x180F;

    private static final Visible.Check CHECK = new Visible.Check();

    @Autowired
    Api api;

    @Test
    void noSpaceControlOrFormatCharacterOfUnicodeIsVisible() {
        assertThat(visible(IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                        .filter(c -> INVISIBLE_TYPES.contains(Character.getType(c)) || Character.isWhitespace(c))))
                .isEmpty();
    }

    @Test
    void everyLetterDigitMarkAndSymbolIsVisibleButForFillersAndSelectors() {
        String invisible = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(c -> !INVISIBLE_TYPES.contains(Character.getType(c)) && !Character.isWhitespace(c))
                .filter(c -> c < 0xE0000 || c > 0xE0FFF)
                .filter(c -> c != UNKNOWN_TO_JDK_17)
                .filter(c -> Character.isDefined(c) && !CHECK.isValid(Character.toString(c), null))
                .mapToObj(Integer::toHexString)
                .collect(Collectors.joining(" "));

        assertThat(invisible)
                .isEqualTo(
                        "34f 115f 1160 17b4 17b5 180b 180c 180d 2800 3164 fe00 fe01 fe02 fe03 fe04 fe05 fe06 fe07 fe08 fe09"
                                + " fe0a fe0b fe0c fe0d fe0e fe0f ffa0 1d159");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\\u200b", "\\u00ad", "\\u3164 \\u2800", "\\ufe0f", "\\udb40\\udc41", "\\u0007", "\\u2028\\u00a0"
            })
    void aMessageThatNobodyCanSeeIsRefused(String body) {
        UUID client = api.newUser("CLIENT");
        UUID provider = api.newUser("PROVIDER");

        var answer = api.post(
                Api.user(client),
                "/api/v1/messages",
                "{\"recipientId\":\"" + provider + "\",\"body\":\"" + body + "\"}");

        assertThat(api.problem(400, "invalid-request", answer)
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("body");
    }

    @Test
    void emojiWithJoinersAndSelectorsAreVisible() {
        assertThat(CHECK.isValid("\u2764\ufe0f", null)).isTrue();
        assertThat(CHECK.isValid("\u200b.\u200b", null)).isTrue();
        assertThat(CHECK.isValid("\ud83d\udc68\u200d\ud83d\udc69", null)).isTrue();
    }

    private static String visible(IntStream codePoints) {
        return codePoints
                .filter(c -> CHECK.isValid(Character.toString(c), null))
                .mapToObj(Integer::toHexString)
                .collect(Collectors.joining(" "));
    }
}
