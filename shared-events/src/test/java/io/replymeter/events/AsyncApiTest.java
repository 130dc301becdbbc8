package io.replymeter.events;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** asyncapi.yaml describes what the codec does. */
class AsyncApiTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final AsyncApi API = new AsyncApi();
    private static final Map<String, Schema> SCHEMAS = schemas();

    private final EventCodec codec = new EventCodec();

    @Test
    void everyEventTypeHasASchemaOfItsOwn() {
        assertThat(SCHEMAS)
                .containsOnlyKeys("MessageCreated", "MessageDeleted", "ConversationDeleted", "InquiryExcused");
        assertThat(API.document.at("/channels/messageEvents/messages").propertyNames())
                .containsExactlyInAnyOrderElementsOf(SCHEMAS.keySet());
        SCHEMAS.forEach((type, schema) -> {
            assertThat(API.document
                            .at("/components/messages/" + type + "/payload/$ref")
                            .asString())
                    .isEqualTo("#/components/schemas/" + type);
            assertThat(schema.getSchemaNode().at("/properties/conversationId").isMissingNode())
                    .isFalse();
        });
    }

    @Test
    void everythingEncodedIsValid() {
        RandomEvents events = new RandomEvents(1);
        for (int i = 0; i < 5_000; i++) {
            Event event = events.next();
            JsonNode json = JSON.readTree(codec.encode(event));
            assertThat(schema(event.getClass().getSimpleName()).validate(json))
                    .as("%s", json)
                    .isEmpty();
        }
    }

    @Test
    void everyFieldEncodedIsDescribed() {
        RandomEvents events = new RandomEvents(2);
        for (int i = 0; i < 500; i++) {
            JsonNode json = JSON.readTree(codec.encode(events.next()));
            JsonNode schema = schema(json.get("type").stringValue()).getSchemaNode();
            assertThat(schema.get("properties").propertyNames()).containsAll(json.propertyNames());
        }
    }

    @ParameterizedTest
    @MethodSource
    void examplesAreValidAndDecode(JsonNode example) throws InvalidEvent {
        assertThat(acceptedBySchemas(example)).isTrue();
        assertThat(codec.decode(JSON.writeValueAsBytes(example))).isPresent();
    }

    static List<JsonNode> examplesAreValidAndDecode() {
        List<JsonNode> examples = API.eventTypes()
                .flatMap(type -> API.document.at("/components/messages/" + type + "/examples").values().stream())
                .map(example -> example.get("payload"))
                .toList();
        assertThat(examples).hasSizeGreaterThanOrEqualTo(7);
        return examples;
    }

    /**
     * Each field in turn gets every value of a list of corner cases, or is removed. The codec reads what the schemas
     * accept, and refuses what they refuse. The list leaves out what JSON Schema cannot distinguish: 1.0 from 1, a
     * recipient who is the sender, a time before 1970 only because of its offset.
     */
    @Test
    void theCodecReadsExactlyWhatTheSchemasAccept() {
        int accepted = 0;
        int refused = 0;
        for (JsonNode example : examplesAreValidAndDecode()) {
            for (ObjectNode variant : (Iterable<ObjectNode>) variants((ObjectNode) example)::iterator) {
                boolean valid = acceptedBySchemas(variant);
                assertThat(decoded(variant)).as("%s", variant).isEqualTo(valid);
                accepted += valid ? 1 : 0;
                refused += valid ? 0 : 1;
            }
        }
        assertThat(accepted).as("accepted variants").isGreaterThan(300);
        assertThat(refused).as("refused variants").isGreaterThan(1_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"7d9f2b64-1c1e-4f0a-8a77-52f3c7f0e6bg", "7d9f2b641c1e4f0a8a7752f3c7f0e6b1", "1-1-1-1-1", "", " "
            })
    void anIdThatIsNoUuidIsRefused(String id) {
        assertThat(API.schema("Id").validate(text(id))).isNotEmpty();
    }

    @Test
    void formatsAreReallyAsserted() {
        // The pattern accepts this date; only the format knows the calendar.
        assertThat(API.schema("Time").validate(text("2026-02-29T10:00:00Z")))
                .extracting("keyword")
                .containsOnly("format");
        assertThat(API.schema("Time").validate(text("2024-02-29T10:00:00Z"))).isEmpty();
        assertThat(API.schema("Id").validate(text("no uuid")))
                .extracting("keyword")
                .contains("format");
    }

    @Test
    void theTopicIsDescribedAsItIsCreated() {
        JsonNode channel = API.document.at("/channels/messageEvents");
        JsonNode kafka = channel.at("/bindings/kafka");

        assertThat(channel.get("address").stringValue()).isEqualTo(MessageEventsTopic.NAME);
        assertThat(kafka.get("topic").stringValue()).isEqualTo(MessageEventsTopic.NAME);
        assertThat(kafka.get("partitions").intValue()).isEqualTo(MessageEventsTopic.PARTITIONS);
        Map<String, String> settings = new LinkedHashMap<>();
        kafka.get("topicConfiguration")
                .forEachEntry((name, value) ->
                        settings.put(name, value.isArray() ? value.get(0).asString() : value.asString()));
        assertThat(settings).containsExactlyInAnyOrderEntriesOf(MessageEventsTopic.SETTINGS);
    }

    @Test
    void theVersionIsTheCodecs() {
        assertThat(API.document.at("/components/schemas/Version/const").intValue())
                .isEqualTo(EventCodec.VERSION);
    }

    private static Stream<ObjectNode> variants(ObjectNode event) {
        return Stream.of(
                        "type",
                        "version",
                        "messageId",
                        "conversationId",
                        "senderId",
                        "senderRole",
                        "recipientId",
                        "recipientRole",
                        "kind",
                        "sentAt",
                        "deletedAt",
                        "sequence",
                        "providerId",
                        "answerableFrom",
                        "reason",
                        "excusedBy",
                        "excusedAt",
                        "unknown")
                .flatMap(field -> Stream.concat(
                        Stream.of(event.deepCopy().without(field)),
                        values().map(value -> event.deepCopy().set(field, value))))
                .map(ObjectNode.class::cast);
    }

    private static Stream<JsonNode> values() {
        return Stream.concat(
                Stream.of(
                                "null",
                                "true",
                                "false",
                                "0",
                                "1",
                                "2",
                                "-1",
                                "1.5",
                                "9223372036854775807",
                                "9223372036854775808",
                                "-9223372036854775809",
                                "123456789012345678901234567890",
                                "{}",
                                "[]",
                                "[1]",
                                "[\"CLIENT\"]",
                                "{\"type\":\"MessageCreated\"}")
                        .map(JSON::readTree),
                Stream.of(
                                "",
                                " ",
                                "1",
                                "null",
                                "MessageCreated",
                                "MessageDeleted",
                                "ConversationDeleted",
                                "MessageEdited",
                                "CLIENT",
                                "client",
                                "PROVIDER",
                                "moderator",
                                "HUMAN",
                                "human",
                                "ACTION",
                                "Note",
                                "auto_reply",
                                "bot",
                                "SPAM",
                                "Spam",
                                "no_reply_needed",
                                "Other",
                                "PLATFORM",
                                "platform",
                                "InquiryExcused",
                                // ids
                                "00000000-0000-0000-0000-000000000000",
                                "ffffffff-ffff-ffff-ffff-ffffffffffff",
                                "FFFFFFFF-0000-0000-0000-ABCDEFabcdef",
                                "1-1-1-1-1",
                                "7d9f2b641-c1e-4f0a-8a77-52f3c7f0e6b1",
                                "+d9f2b64-1c1e-4f0a-8a77-52f3c7f0e6b1",
                                "-d9f2b64-1c1e-4f0a-8a77-52f3c7f0e6b1",
                                "7d9f2b641c1e4f0a8a7752f3c7f0e6b1",
                                "{7d9f2b64-1c1e-4f0a-8a77-52f3c7f0e6b1}",
                                " 7d9f2b64-1c1e-4f0a-8a77-52f3c7f0e6b1",
                                "7d9f2b64-1c1e-4f0a-8a77-52f3c7f0e6b1\n",
                                "7d9f2b64-1c1e-4f0a-8a77-52f3c7f0e6b",
                                "7d9f2b64-1c1e-4f0a-8a77-52f3c7f0e6b12",
                                "\uff17d9f2b64-1c1e-4f0a-8a77-52f3c7f0e6b1",
                                "urn:uuid:7d9f2b64-1c1e-4f0a-8a77-52f3c7f0e6b1",
                                // times
                                "2026-11-22T10:00:00Z",
                                "2026-11-22T10:00:00.1Z",
                                "2026-11-22T10:00:00.123456789Z",
                                "2026-11-22T10:00:00.1234567890Z",
                                "2026-11-22T10:00:00.Z",
                                "2026-11-22T10:00:00,5Z",
                                "2026-11-22T10:00Z",
                                "2026-11-22T10Z",
                                "2026-11-22T10:00:00",
                                "2026-11-22",
                                "2026-11-22 10:00:00Z",
                                "2026-11-22t10:00:00Z",
                                "2026-11-22T10:00:00z",
                                "2026-11-22T10:00:00+00:00",
                                "2026-11-22T10:00:00+05:45",
                                "2026-11-22T10:00:00-03:30",
                                "2026-11-22T10:00:00+18:00",
                                "2026-11-22T10:00:00+18:01",
                                "2026-11-22T10:00:00+19:00",
                                "2026-11-22T10:00:00+01",
                                "2026-11-22T10:00:00+0100",
                                "2026-11-22T10:00:00+01:00:30",
                                "2026-11-22T10:00:00+01:60",
                                "2026-11-22T10:00:00Z[UTC]",
                                "2026-11-22T10:00:00[UTC]",
                                "2026-11-22T24:00:00Z",
                                "2026-11-22T10:60:00Z",
                                "2026-11-22T10:00:60Z",
                                "2016-12-31T23:59:60Z",
                                "2026-02-29T10:00:00Z",
                                "2024-02-29T10:00:00Z",
                                "2100-02-29T10:00:00Z",
                                "2026-04-31T10:00:00Z",
                                "2026-00-10T10:00:00Z",
                                "2026-13-10T10:00:00Z",
                                "2026-1-1T10:00:00Z",
                                "2026-11-00T10:00:00Z",
                                "1970-01-01T00:00:00Z",
                                "0000-01-01T00:00:00Z",
                                "-2026-01-01T00:00:00Z",
                                "+2026-01-01T00:00:00Z",
                                "10000-01-01T00:00:00Z",
                                "+10000-01-01T00:00:00Z",
                                "9999-12-31T23:59:59.999999999Z",
                                "1795341600",
                                "1795341600000",
                                "2026-W47-7T10:00:00Z",
                                "2026-326T10:00:00Z",
                                "Sun, 22 Nov 2026 10:00:00 GMT",
                                "2026-11-22T10:00:00Z ",
                                "2026-11-22T10:00:00Z\n",
                                "\u0662\u0660\u0662\u0666-11-22T10:00:00Z")
                        .map(AsyncApiTest::text));
    }

    private static JsonNode text(String value) {
        return JsonNodeFactory.instance.stringNode(value);
    }

    private static boolean acceptedBySchemas(JsonNode json) {
        return SCHEMAS.values().stream()
                .anyMatch(schema -> schema.validate(json).isEmpty());
    }

    private boolean decoded(JsonNode json) {
        try {
            Optional<Event> event = codec.decode(json.toString().getBytes(StandardCharsets.UTF_8));
            return event.isPresent();
        } catch (InvalidEvent e) {
            return false;
        }
    }

    private static Schema schema(String type) {
        return requireNonNull(SCHEMAS.get(type), type);
    }

    private static Map<String, Schema> schemas() {
        Map<String, Schema> schemas = new LinkedHashMap<>();
        API.eventTypes().forEach(type -> schemas.put(type, API.schema(type)));
        return schemas;
    }
}
