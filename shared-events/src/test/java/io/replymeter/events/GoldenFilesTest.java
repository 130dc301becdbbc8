package io.replymeter.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.events.InquiryExcused.ExcusedBy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files with records of version 1 of the contract. Topics hold such records for months and other people's producers write
 * them, so they must always decode to the same events.
 */
class GoldenFilesTest {

    private static final Path FILES = Path.of("src/test/resources/golden/v1");

    private static final String WHAT_TO_DO = """
            This change breaks the event contract: %s.
            Records like this one are in topics already, and other people's producers write them.
            Never edit or delete a golden file. If an incompatible change is really wanted, give the event type a new
            version that is read beside this one; if a new optional field is now written, move the old file from
            written/ to accepted/ and add a new one. See "Changing the event contract" in CONTRIBUTING.md.""";

    private static final UUID MESSAGE = UUID.fromString("0192f0c1-6f00-7a3e-9d55-3f8e2b7c4a10");
    private static final UUID CONVERSATION = UUID.fromString("7d9f2b64-1c1e-4f0a-8a77-52f3c7f0e6b1");
    private static final UUID CLIENT = UUID.fromString("1f0e9c3a-52b7-4b0e-9a53-0a6f4b1c8d21");
    private static final UUID PROVIDER = UUID.fromString("c2a7d8e4-93f1-4d6b-8e0c-6b5f1a2d3e47");
    private static final UUID MEMBER = UUID.fromString("9a8b7c6d-5e4f-4a3b-9c2d-1e0f9a8b7c6d");
    private static final Instant SENT_AT = Instant.parse("2026-11-22T10:00:00.123456Z");
    private static final Instant DELETED_AT = Instant.parse("2026-11-22T10:05:30Z");

    private static final Map<String, Event> WRITTEN = Map.ofEntries(
            entry("message-created.json", fromClient(MessageKind.HUMAN, SENT_AT, 17L)),
            entry("message-created-by-provider.json", fromProvider(Role.PROVIDER, MessageKind.HUMAN, Role.CLIENT, 18L)),
            entry("message-created-without-sequence.json", fromClient(MessageKind.HUMAN, SENT_AT, null)),
            entry(
                    "message-created-auto-reply.json",
                    fromProvider(Role.PROVIDER, MessageKind.AUTO_REPLY, Role.CLIENT, 1L)),
            entry("message-created-system.json", fromProvider(Role.ADMIN, MessageKind.SYSTEM, Role.CLIENT, 2L)),
            entry("message-created-other.json", fromProvider(Role.OTHER, MessageKind.OTHER, Role.OTHER, null)),
            entry("message-created-earliest.json", fromClient(MessageKind.HUMAN, Instant.EPOCH, 1L)),
            entry("message-created-latest.json", fromClient(MessageKind.HUMAN, RandomEvents.LATEST, Long.MAX_VALUE)),
            entry("message-created-action.json", fromProvider(Role.PROVIDER, MessageKind.ACTION, Role.CLIENT, 3L)),
            entry("message-created-note.json", fromProvider(Role.PROVIDER, MessageKind.NOTE, Role.CLIENT, null)),
            entry(
                    "message-created-of-a-team.json",
                    new MessageCreated(
                            MESSAGE,
                            CONVERSATION,
                            CLIENT,
                            Role.CLIENT,
                            MEMBER,
                            Role.PROVIDER,
                            MessageKind.HUMAN,
                            SENT_AT,
                            19L,
                            PROVIDER,
                            Instant.parse("2026-11-23T08:00:00Z"))),
            entry(
                    "inquiry-excused.json",
                    new InquiryExcused(
                            CONVERSATION, MESSAGE, ExcuseReason.NO_REPLY_NEEDED, ExcusedBy.PROVIDER, DELETED_AT)),
            entry("message-deleted.json", new MessageDeleted(MESSAGE, CONVERSATION, DELETED_AT)),
            entry(
                    "conversation-deleted.json",
                    new ConversationDeleted(CONVERSATION, Instant.parse("2026-11-23T08:00:00.500Z"))));

    private static final Map<String, Event> ACCEPTED = Map.of(
            "kind-absent.json", fromClient(MessageKind.HUMAN, SENT_AT, null),
            "optional-fields-null.json", fromClient(MessageKind.HUMAN, SENT_AT, null),
            "time-with-offset.json", fromClient(MessageKind.HUMAN, SENT_AT, null),
            "time-in-nanoseconds.json", fromClient(MessageKind.HUMAN, SENT_AT, null),
            "unknown-fields.json", fromClient(MessageKind.HUMAN, SENT_AT, null),
            "ids-in-upper-case.json", fromClient(MessageKind.HUMAN, SENT_AT, null),
            "unknown-role-and-kind.json",
                    new MessageCreated(
                            MESSAGE,
                            CONVERSATION,
                            CLIENT,
                            Role.OTHER,
                            PROVIDER,
                            Role.PROVIDER,
                            MessageKind.OTHER,
                            SENT_AT,
                            null),
            "unknown-reason.json",
                    new InquiryExcused(CONVERSATION, MESSAGE, ExcuseReason.OTHER, ExcusedBy.PLATFORM, DELETED_AT),
            "other-order-and-spaces.json", new MessageDeleted(MESSAGE, CONVERSATION, DELETED_AT));

    private final EventCodec codec = new EventCodec();

    @ParameterizedTest(name = "{0}")
    @MethodSource("written")
    void whatVersion1WroteIsStillWritten(Map.Entry<String, Event> file) throws IOException {
        String written = new String(codec.encode(file.getValue()), UTF_8) + "\n";

        assertThat(written)
                .as(WHAT_TO_DO, "the codec no longer writes what written/" + file.getKey() + " holds")
                .isEqualTo(Files.readString(FILES.resolve("written").resolve(file.getKey())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("written")
    void whatVersion1WroteIsRead(Map.Entry<String, Event> file) throws Exception {
        assertRead("written", file);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void whatVersion1AcceptedIsRead(Map.Entry<String, Event> file) throws Exception {
        assertRead("accepted", file);
    }

    @Test
    void noFileIsForgotten() throws IOException {
        assertThat(names("written")).as("files in written/").isEqualTo(WRITTEN.keySet());
        assertThat(names("accepted")).as("files in accepted/").isEqualTo(ACCEPTED.keySet());
    }

    static Set<Map.Entry<String, Event>> written() {
        return WRITTEN.entrySet();
    }

    static Set<Map.Entry<String, Event>> accepted() {
        return ACCEPTED.entrySet();
    }

    private void assertRead(String folder, Map.Entry<String, Event> file) throws IOException {
        String name = folder + "/" + file.getKey();
        assertThat(read(Files.readAllBytes(FILES.resolve(name))))
                .as(WHAT_TO_DO, "the codec no longer reads what " + name + " holds, or reads another event")
                .isEqualTo(file.getValue());
    }

    private Object read(byte[] value) {
        try {
            return codec.decode(value).orElseThrow();
        } catch (InvalidEvent e) {
            return e;
        }
    }

    private static Set<String> names(String folder) throws IOException {
        try (Stream<Path> files = Files.list(FILES.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    private static Event fromClient(MessageKind kind, Instant sentAt, @Nullable Long sequence) {
        return new MessageCreated(
                MESSAGE, CONVERSATION, CLIENT, Role.CLIENT, PROVIDER, Role.PROVIDER, kind, sentAt, sequence);
    }

    private static Event fromProvider(Role sender, MessageKind kind, Role recipient, @Nullable Long sequence) {
        return new MessageCreated(MESSAGE, CONVERSATION, PROVIDER, sender, CLIENT, recipient, kind, SENT_AT, sequence);
    }
}
