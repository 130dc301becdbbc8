package io.replymeter.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EventCodecTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String MARKER = "Grace Hopper";

    private final EventCodec codec = new EventCodec();

    @Test
    void whatIsEncodedDecodesToTheSameEvent() throws InvalidEvent {
        RandomEvents events = new RandomEvents(4);
        for (int i = 0; i < 20_000; i++) {
            Event event = events.next();
            assertThat(codec.decode(codec.encode(event))).contains(event);
        }
    }

    @Test
    void unknownFieldsAreIgnoredWhateverTheyHold() throws InvalidEvent {
        for (String value : List.of("null", "-1.5e300", "\"text\"", "[[1],{}]", "{\"type\":\"X\",\"sequence\":0}")) {
            assertThat(codec.decode(utf8(with(created(), "mood", value)))).isPresent();
        }
    }

    @Test
    void aFieldOfAnotherTypeIsAnUnknownField() throws InvalidEvent {
        assertThat(codec.decode(utf8(with(with(deleted(), "sentAt", "7"), "sequence", "0"))))
                .isPresent();
        assertThat(codec.decode(utf8(with(created(), "deletedAt", "{}")))).isPresent();
    }

    @Test
    void anUnknownTypeIsSkippedWhateverElseItHolds() throws InvalidEvent {
        assertThat(codec.decode(utf8("{\"type\":\"MessageRead\"}"))).isEmpty();
        assertThat(codec.decode(utf8("{\"type\":\"\"}"))).isEmpty();
        assertThat(codec.decode(utf8("{\"type\":\"messagecreated\",\"version\":\"x\"}")))
                .isEmpty();
        assertThat(codec.decode(utf8("""
                        {"type":"MessageRead","version":3,"messageId":[],"senderRole":1,"sentAt":{},"sequence":"x"}"""))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "0", "-1", "2147483648", "4294967297", "99999999999999999999999999"})
    void anUnknownVersionIsUnsupported(String version) {
        InvalidEvent invalid = refusal(with(created(), "version", version));

        assertThat(invalid.reason()).isEqualTo(InvalidEvent.Reason.UNSUPPORTED_VERSION);
        assertThat(invalid).hasMessage("version of MessageCreated is not 1, the only one that this reader knows");
    }

    @Test
    void anUnknownVersionIsUnsupportedWhateverElseItHolds() {
        assertThat(refusal("{\"type\":\"ConversationDeleted\",\"version\":2,\"deletedAt\":5}")
                        .reason())
                .isEqualTo(InvalidEvent.Reason.UNSUPPORTED_VERSION);
        assertThat(refusal(with(created(), "version", "2").replace("\"CLIENT\"", "{\"role\":1}"))
                        .reason())
                .isEqualTo(InvalidEvent.Reason.UNSUPPORTED_VERSION);
    }

    @ParameterizedTest
    @CsvSource({
        "CLIENT, CLIENT",
        "PROVIDER, PROVIDER",
        "ADMIN, ADMIN",
        "OTHER, OTHER",
        "client, OTHER",
        "MODERATOR, OTHER",
        "'', OTHER"
    })
    void anUnknownRoleIsOther(String given, Role expected) throws InvalidEvent {
        MessageCreated event = message(with(created(), "senderRole", quoted(given)));

        assertThat(event.senderRole()).isEqualTo(expected);
        assertThat(message(with(created(), "recipientRole", quoted(given))).recipientRole())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"HUMAN\"', HUMAN",
        "'\"ACTION\"', ACTION",
        "'\"AUTO_REPLY\"', AUTO_REPLY",
        "'\"SYSTEM\"', SYSTEM",
        "'\"NOTE\"', NOTE",
        "'\"OTHER\"', OTHER",
        "'\"other\"', OTHER",
        "'\"BROADCAST\"', OTHER",
        "'\"\"', OTHER",
        "null, HUMAN"
    })
    void anUnknownKindIsOther(String given, MessageKind expected) throws InvalidEvent {
        assertThat(message(with(created(), "kind", given)).kind()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "human, HUMAN",
        "Human, HUMAN",
        "auto_reply, AUTO_REPLY",
        "aCTION, ACTION",
        "System, SYSTEM",
        "note, NOTE"
    })
    void aKnownKindInAnotherCaseIsMalformed(String given, String known) {
        assertMalformed(with(created(), "kind", quoted(given)), "kind is not in upper case: write " + known);
    }

    @Test
    void anAbsentKindIsHumanAndAnAbsentSequenceIsNone() throws InvalidEvent {
        MessageCreated event = message(without(without(created(), "kind"), "sequence"));

        assertThat(event.kind()).isEqualTo(MessageKind.HUMAN);
        assertThat(event.sequence()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T10:00:00Z,                2026-11-22T10:00:00Z",
        "2026-11-22T10:00:00.5Z,              2026-11-22T10:00:00.500Z",
        "2026-11-22T10:00:00.123456999Z,      2026-11-22T10:00:00.123456Z",
        "2026-11-22T10:00:00.000000999Z,      2026-11-22T10:00:00Z",
        "2026-11-22T12:30:00+02:30,           2026-11-22T10:00:00Z",
        "2026-11-21T16:00:00-18:00,           2026-11-22T10:00:00Z",
        "2026-11-22T10:00:00-00:00,           2026-11-22T10:00:00Z",
        "2024-02-29T00:00:00Z,                2024-02-29T00:00:00Z",
        "1970-01-01T00:00:00Z,                1970-01-01T00:00:00Z",
        "1969-12-31T23:00:00-01:00,           1970-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z,      9999-12-31T23:59:59.999999Z",
    })
    void timesAreReadAsUtcInWholeMicroseconds(String given, Instant expected) throws InvalidEvent {
        assertThat(message(with(created(), "sentAt", quoted(given))).sentAt()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-11-22",
                "2026-11-22T10:00:00",
                "2026-11-22T10:00Z",
                "2026-11-22 10:00:00Z",
                "2026-11-22T10:00:00.Z",
                "2026-11-22T10:00:00.1234567891Z",
                "2026-11-22T10:00:00+0200",
                "2026-11-22T10:00:00+02",
                "2026-11-22T10:00:00+19:00",
                "2026-11-22T10:00:00+02:00[Europe/Berlin]",
                "2026-11-22T24:00:00Z",
                "2026-11-22T23:59:60Z",
                "2026-02-29T10:00:00Z",
                "2026-13-01T10:00:00Z",
                "10000-01-01T00:00:00Z",
                "+10000-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z",
                "1795341600",
                " 2026-11-22T10:00:00Z"
            })
    void whatIsNoTimeIsMalformed(String given) {
        assertMalformed(
                with(created(), "sentAt", quoted(given)), "sentAt is not a time like 2026-11-22T10:00:00.123456Z");
        assertMalformed(
                with(deleted(), "deletedAt", quoted(given)),
                "deletedAt is not a time like 2026-11-22T10:00:00.123456Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1969-12-31T23:59:59.999999999Z",
                "1970-01-01T00:30:00+01:00",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59-00:01"
            })
    void aTimeOutsideOfTheYearsIsMalformed(String given) {
        assertMalformed(with(created(), "sentAt", quoted(given)), "sentAt is outside of the years 1970 to 9999");
        assertMalformed(
                with(conversationDeleted(), "deletedAt", quoted(given)),
                "deletedAt is outside of the years 1970 to 9999");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "1-1-1-1-1",
                "7d9f2b641-c1e-4f0a-8a77-52f3c7f0e6b1",
                "7d9f2b641c1e4f0a8a7752f3c7f0e6b1",
                "+d9f2b64-1c1e-4f0a-8a77-52f3c7f0e6b1",
                "{7d9f2b64-1c1e-4f0a-8a77-52f3c7f0e6b}",
                "\uff17d9f2b64-1c1e-4f0a-8a77-52f3c7f0e6b1",
                "7d9f2b64-1c1e-4f0a-8a77-52f3c7f0e6bg",
                "7d9f2b64-1c1e-4f0a-8a77-52f3c7f0e6b",
                "7d9f2b64-1c1e-4f0a-8a77-52f3c7f0e6b1 "
            })
    void whatIsNoUuidIsMalformed(String given) {
        for (String field : List.of("messageId", "conversationId", "senderId", "recipientId")) {
            assertMalformed(with(created(), field, quoted(given)), field + " is not a UUID of 36 characters");
        }
    }

    @Test
    void aUuidMayBeInUpperCase() throws InvalidEvent {
        UUID id = UUID.fromString("abcdefab-cdef-abcd-efab-cdefabcdefab");

        assertThat(message(with(created(), "senderId", quoted("ABCDEFAB-CDEF-ABCD-EFAB-CDEFABCDEFAB")))
                        .senderId())
                .isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({
        "0, sequence is below 1",
        "-1, sequence is below 1",
        "-9223372036854775808, sequence is below 1",
        "9223372036854775808, sequence does not fit into 64 bits",
        "1.5, sequence is not a whole number",
        "1.0, sequence is not a whole number",
        "1e3, sequence is not a whole number",
        "1e999, sequence is not a whole number",
        "'\"1\"', sequence is not a whole number",
        "true, sequence is not a whole number",
        "[1], sequence is not a whole number",
        "{}, sequence is not a whole number",
    })
    void aSequenceThatIsNoNumberFrom1UpIsMalformed(String given, String message) {
        assertMalformed(with(created(), "sequence", given), message);
    }

    @ParameterizedTest
    @CsvSource({
        "null, version is missing",
        "'\"1\"', version is not a whole number",
        "1.0, version is not a whole number",
        "1.5, version is not a whole number",
        "true, version is not a whole number",
        "[1], version is not a whole number",
    })
    void aVersionThatIsNoNumberIsMalformed(String given, String message) {
        assertMalformed(with(created(), "version", given), message);
    }

    @Test
    void aMessageToItsSenderIsMalformed() {
        String sender = JSON.readTree(created()).get("senderId").stringValue();

        assertMalformed(
                with(created(), "recipientId", quoted(sender)),
                "recipientId is the sender's: a message goes to somebody else");
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource
    void aRequiredFieldThatIsMissingIsMalformed(String event, String field) {
        assertMalformed(without(event, field), field + " is missing");
        assertMalformed(with(event, field, "null"), field + " is missing");
    }

    static Stream<Arguments> aRequiredFieldThatIsMissingIsMalformed() {
        return Stream.of(created(), deleted(), conversationDeleted(), excused())
                .flatMap(event -> JSON.readTree(event).propertyNames().stream()
                        .filter(field -> !field.equals("kind") && !field.equals("sequence"))
                        .map(field -> arguments(event, field)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aStringIsNeverMadeOfSomethingElse(String field, String value) {
        assertMalformed(with(created(), field, value), field + " is not a string");
    }

    static Stream<Arguments> aStringIsNeverMadeOfSomethingElse() {
        return JSON.readTree(created()).propertyNames().stream()
                .filter(field -> !field.equals("version") && !field.equals("sequence"))
                .flatMap(field -> Stream.of("1", "1.5", "true", "{}", "[]", "[\"CLIENT\"]")
                        .map(value -> arguments(field, value)));
    }

    @ParameterizedTest
    @CsvSource({"SPAM, SPAM", "BLOCKED, BLOCKED", "OTHER, OTHER", "other, OTHER", "WEATHER, OTHER", "'', OTHER"})
    void anUnknownReasonIsOther(String given, ExcuseReason expected) throws InvalidEvent {
        InquiryExcused event = (InquiryExcused)
                codec.decode(utf8(with(excused(), "reason", quoted(given)))).orElseThrow();

        assertThat(event.reason()).isEqualTo(expected);
    }

    @Test
    void whatIsKnownOfAnExcuseIsRefusedInAnotherCase() {
        assertMalformed(with(excused(), "reason", quoted("Spam")), "reason is not in upper case: write SPAM");
        assertMalformed(with(excused(), "excusedBy", quoted("platform")), "excusedBy is neither PROVIDER nor PLATFORM");
        assertMalformed(with(excused(), "excusedBy", quoted("CLIENT")), "excusedBy is neither PROVIDER nor PLATFORM");
    }

    @Test
    void theAccountAndTheClockAreOptional() throws InvalidEvent {
        String account = "3d2c1b0a-9f8e-4d7c-8b6a-5f4e3d2c1b0a";
        MessageCreated event = message(with(
                with(created(), "providerId", quoted(account)), "answerableFrom", quoted("2026-11-23T09:00:00+01:00")));

        assertThat(event.providerId()).hasToString(account);
        assertThat(event.answerableFrom()).isEqualTo("2026-11-23T08:00:00Z");
        assertThat(message(with(with(created(), "providerId", "null"), "answerableFrom", "null")))
                .isEqualTo(message(created()));
        assertMalformed(with(created(), "providerId", "7"), "providerId is not a string");
        assertMalformed(
                with(created(), "answerableFrom", quoted("tomorrow")),
                "answerableFrom is not a time like 2026-11-22T10:00:00.123456Z");
    }

    @Test
    void noValueIsMalformed() {
        InvalidEvent invalid = catchThrowableOfType(InvalidEvent.class, () -> codec.decode(null));

        assertThat(invalid).hasMessage("no value");
        assertThat(invalid.reason()).isEqualTo(InvalidEvent.Reason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "\n", "[]", "[{\"type\":\"MessageRead\"}]", "null", "1", "\"MessageCreated\"", "true"})
    void whatIsNoObjectIsMalformed(String value) {
        assertMalformed(value, "not a JSON object");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "}",
                "{\"type\"",
                "{\"type\":}",
                "{\"type\":\"MessageRead\"",
                "{\"type\":\"MessageRead\",}",
                "{type:\"MessageRead\"}",
                "{'type':'MessageRead'}",
                "{\"type\":\"MessageRead\"} {}",
                "{\"type\":\"MessageRead\"}x",
                "{\"type\":\"MessageRead\"}]",
                "{\"type\":\"MessageRead\",\"a\":NaN}",
                "{\"type\":\"MessageRead\",\"a\":01}",
                "{\"type\":\"MessageRead\",\"a\":\"\t\"}",
                "{\"type\":\"MessageRead\"/* comment */}",
                "{\"type\":\"MessageRead\",\"a\":\"\\x\"}",
                "{\"type\":\"MessageRead\",\"type\":\"MessageRead\"}",
                "{\"type\":\"MessageRead\",\"a\":{\"b\":1,\"b\":2}}",
                "hello"
            })
    void whatIsNotOneJsonDocumentWithEveryNameOnceIsMalformed(String value) {
        assertThat(refusal(value))
                .hasMessageStartingWith("not one JSON object in UTF-8 with every name once: see line 1");
    }

    @Test
    void bytesThatAreNotUtf8AreMalformed() {
        assertThatThrownBy(() -> codec.decode(created().getBytes(StandardCharsets.UTF_16BE)))
                .isInstanceOf(InvalidEvent.class);
        assertThatThrownBy(() -> codec.decode(created().getBytes(StandardCharsets.UTF_16)))
                .isInstanceOf(InvalidEvent.class);
        assertThatThrownBy(() -> codec.decode(("\ufeff" + created()).getBytes(UTF_8)))
                .isInstanceOf(InvalidEvent.class);
        for (String hex : List.of("ff", "c328", "e28228", "f0288cbc", "80", "c0af", "e080af", "f08080af")) {
            byte[] bad = HexFormat.of().parseHex(hex);
            byte[] value = with(created(), "unknown", "\"####\"").getBytes(UTF_8);
            System.arraycopy(bad, 0, value, new String(value, UTF_8).indexOf("####"), bad.length);
            assertThatThrownBy(() -> codec.decode(value)).as(hex).isInstanceOf(InvalidEvent.class);
        }
    }

    @Test
    void hugeDocumentsAreReadOrRefused() throws InvalidEvent {
        String text = quoted("x".repeat(5_000_000));
        assertThat(codec.decode(utf8(with(created(), "unknown", text)))).isPresent();
        assertMalformed(with(created(), "messageId", text), "messageId is not a UUID of 36 characters");
        assertMalformed(with(created(), "version", "9".repeat(5_000)), null);
    }

    @Test
    void deepDocumentsAreRefused() throws InvalidEvent {
        assertThat(codec.decode(utf8(with(created(), "unknown", nested(400))))).isPresent();
        assertMalformed(insertedFirst(created(), "\"unknown\":" + nested(100_000)), null);
        assertMalformed("[".repeat(1_000_000), null);
        assertMalformed("{\"a\":".repeat(1_000_000), null);
    }

    /** The message may be logged and shown to anybody, because it contains nothing that people sent. */
    @Test
    void noRefusalQuotesAValueOrAnUnknownName() {
        Stream<String> asValue = JSON.readTree(created()).propertyNames().stream()
                .filter(field -> !field.equals("type") && !field.endsWith("Role") && !field.equals("kind"))
                .map(field -> with(created(), field, quoted(MARKER)));
        Stream<String> elsewhere = Stream.of(
                MARKER,
                quoted(MARKER),
                created() + MARKER,
                insertedFirst(created(), MARKER + ":1"),
                insertedFirst(created(), "\"a\":" + MARKER),
                insertedFirst(created(), "\"" + MARKER + "\":1,\"" + MARKER + "\":2"),
                insertedFirst(created(), "\"" + MARKER + "\":{\"a\":" + nested(1_000) + "}"),
                "{\"type\":{\"" + MARKER + "\":1}}",
                "{\"type\":\"MessageCreated\",\"version\":\"" + MARKER + "\"}",
                "{\"type\":\"MessageCreated\",\"version\":2,\"body\":\"" + MARKER + "\"}",
                "{\"body\":\"" + MARKER);

        assertThat(Stream.concat(asValue, elsewhere))
                .allSatisfy(value -> assertThat(printed(refusal(value)))
                        .doesNotContain("Grace")
                        .doesNotContain("Hopper"));
    }

    private void assertMalformed(String value, @Nullable String message) {
        InvalidEvent invalid = refusal(value);

        assertThat(invalid.reason()).isEqualTo(InvalidEvent.Reason.MALFORMED);
        if (message != null) {
            assertThat(invalid).hasMessage(message);
        }
    }

    private InvalidEvent refusal(String value) {
        try {
            throw new AssertionError("not refused, but read as " + codec.decode(utf8(value)));
        } catch (InvalidEvent e) {
            return e;
        }
    }

    private MessageCreated message(String value) throws InvalidEvent {
        return (MessageCreated) codec.decode(utf8(value)).orElseThrow();
    }

    private static String printed(InvalidEvent invalid) {
        StringWriter text = new StringWriter();
        invalid.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static String created() {
        return """
            {"type":"MessageCreated","version":1,"messageId":"0192f0c1-6f00-7a3e-9d55-3f8e2b7c4a10",\
            "conversationId":"7d9f2b64-1c1e-4f0a-8a77-52f3c7f0e6b1",\
            "senderId":"1f0e9c3a-52b7-4b0e-9a53-0a6f4b1c8d21","senderRole":"CLIENT",\
            "recipientId":"c2a7d8e4-93f1-4d6b-8e0c-6b5f1a2d3e47","recipientRole":"PROVIDER",\
            "kind":"HUMAN","sentAt":"2026-11-22T10:00:00.123456Z","sequence":17}""";
    }

    private static String deleted() {
        return """
            {"type":"MessageDeleted","version":1,"messageId":"0192f0c1-6f00-7a3e-9d55-3f8e2b7c4a10",\
            "conversationId":"7d9f2b64-1c1e-4f0a-8a77-52f3c7f0e6b1","deletedAt":"2026-11-22T10:05:30Z"}""";
    }

    private static String excused() {
        return """
                {"type":"InquiryExcused","version":1,"conversationId":"7d9f2b64-1c1e-4f0a-8a77-52f3c7f0e6b1",\
                "messageId":"0192f0c1-6f00-7a3e-9d55-3f8e2b7c4a10","reason":"SPAM","excusedBy":"PLATFORM",\
                "excusedAt":"2026-11-22T10:05:30Z"}""";
    }

    private static String conversationDeleted() {
        return """
            {"type":"ConversationDeleted","version":1,"conversationId":"7d9f2b64-1c1e-4f0a-8a77-52f3c7f0e6b1",\
            "deletedAt":"2026-11-23T08:00:00Z"}""";
    }

    /** {@code event} with {@code field} set to {@code json}, digit for digit. */
    private static String with(String event, String field, String json) {
        return insertedFirst(without(event, field), quoted(field) + ":" + json);
    }

    private static String insertedFirst(String event, String fields) {
        return "{" + fields + "," + event.substring(1);
    }

    private static String without(String event, String field) {
        return ((ObjectNode) JSON.readTree(event)).without(field).toString();
    }

    private static String quoted(String text) {
        return JSON.writeValueAsString(text);
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static byte[] utf8(String value) {
        return value.getBytes(UTF_8);
    }
}
