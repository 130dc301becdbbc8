package io.replymeter.messaging.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replymeter.events.Event;
import io.replymeter.events.ExcuseReason;
import io.replymeter.events.InquiryExcused;
import io.replymeter.events.InquiryExcused.ExcusedBy;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageKind;
import io.replymeter.events.Role;
import io.replymeter.messaging.Api;
import io.replymeter.messaging.MessagingTest;
import io.replymeter.messaging.outbox.TopicReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import tools.jackson.databind.JsonNode;

@MessagingTest
class ImportsTest {

    private static final String HEADER = "message_id,conversation_id,client_id,provider_id,sender_role,sent_at";

    @Autowired
    Api api;

    @Autowired
    JdbcClient database;

    @Value("${replymeter.events.topic}")
    String topic;

    final UUID client = UUID.randomUUID();
    final UUID provider = UUID.randomUUID();
    final UUID conversation = UUID.randomUUID();
    final Instant start = Instant.now().minus(Duration.ofDays(5)).truncatedTo(ChronoUnit.MICROS);

    @Test
    void historyIsTakenOverWithItsIdsTimesAndUsers() {
        UUID question = UUID.randomUUID();
        UUID answer = UUID.randomUUID();

        JsonNode report = imported(row(answer, "PROVIDER", start.plusSeconds(60)), row(question, "CLIENT", start));

        assertReport(report, 2, 2, 0, 0);
        JsonNode messages = api.json(
                        200, api.get(Api.user(client), "/api/v1/conversations/{id}/messages", conversation))
                .path("messages");
        assertThat(messages).hasSize(2);
        assertThat(messages.path(0).path("messageId").asString()).isEqualTo(answer.toString());
        assertThat(messages.path(0).path("sequence").asLong()).isEqualTo(2);
        assertThat(messages.path(0).path("senderId").asString()).isEqualTo(provider.toString());
        assertThat(messages.path(1).path("sentAt").asString()).isEqualTo(start.toString());
        assertThat(messages.path(1).path("body").isNull()).isTrue();
        assertThat(roleOf(client)).isEqualTo("CLIENT");
        assertThat(roleOf(provider)).isEqualTo("PROVIDER");
        try (TopicReader reader = new TopicReader(topic)) {
            List<Event> events = reader.of(conversation, 2);
            assertThat(events)
                    .extracting(event -> ((MessageCreated) event).messageId())
                    .containsExactly(question, answer);
            assertThat(events)
                    .extracting(event -> ((MessageCreated) event).sequence())
                    .containsExactly(1L, 2L);
            assertThat(((MessageCreated) events.get(1)).senderRole()).isEqualTo(Role.PROVIDER);
            assertThat(((MessageCreated) events.get(1)).sentAt()).isEqualTo(start.plusSeconds(60));
        }
    }

    @Test
    void theCachedMetricsOfImportedProvidersAreRefreshed() {
        imported(row("CLIENT", start), row("PROVIDER", start.plusSeconds(60)));

        // No metrics API answers here, so the mark stays.
        await().untilAsserted(
                        () -> assertThat(database.sql("SELECT metrics_stale_since IS NOT NULL FROM users WHERE id = ?")
                                        .param(provider)
                                        .query(Boolean.class)
                                        .single())
                                .isTrue());
    }

    @Test
    void anImportMarksEachProviderOnce() {
        long before = marksEver();

        imported(row("CLIENT", start), row("PROVIDER", start.plusSeconds(60)));

        assertThat(marksEver() - before).isEqualTo(1);
    }

    @Test
    void importingTheSameLogTwiceChangesNothing() {
        String[] log = {row("CLIENT", start), row("PROVIDER", start.plusSeconds(60))};
        imported(log);

        assertReport(imported(log), 2, 0, 2, 0);

        assertThat(countOf(conversation)).isEqualTo(2);
        send(client, provider);
        try (TopicReader reader = new TopicReader(topic)) {
            assertThat(reader.of(conversation, 3)).hasSize(3);
        }
    }

    @Test
    void aLiveMessageGoesOnInTheImportedConversation() {
        imported(row("CLIENT", start));

        JsonNode live = send(provider, client);

        assertThat(live.path("conversationId").asString()).isEqualTo(conversation.toString());
        assertThat(live.path("sequence").asLong()).isEqualTo(2);
        assertReport(imported(row("CLIENT", start.plusSeconds(1))), 1, 1, 0, 0);
        assertThat(send(client, provider).path("sequence").asLong()).isEqualTo(4);
    }

    @Test
    void aPairMayBringSeveralConversationsAndGoesOnInTheNewest() {
        UUID newest = UUID.randomUUID();
        imported(
                row("CLIENT", start),
                row(
                        UUID.randomUUID(),
                        newest,
                        client,
                        provider,
                        "CLIENT",
                        start.plusSeconds(1).toString()));

        assertThat(send(client, provider).path("conversationId").asString()).isEqualTo(newest.toString());
    }

    @Test
    void badRowsAreListedWithLineAndReasonAndTheGoodOnesGoIn() {
        UUID known = api.newUser("PROVIDER");
        UUID once = UUID.randomUUID();
        JsonNode report = imported(
                row("CLIENT", start),
                row("CLIENT", Instant.now().plusSeconds(60)),
                "not,a,row",
                row(UUID.randomUUID(), conversation, client, provider, "KING", start.toString()),
                row(UUID.randomUUID(), conversation, client, provider, "CLIENT", "yesterday"),
                row(UUID.randomUUID(), conversation, client, provider, "CLIENT", "1969-12-31T23:59:59Z"),
                "17," + conversation + "," + client + "," + provider + ",CLIENT," + start,
                row(UUID.randomUUID(), conversation, client, client, "CLIENT", start.toString()),
                row(UUID.randomUUID(), UUID.randomUUID(), known, provider, "CLIENT", start.toString()),
                row(UUID.randomUUID(), UUID.randomUUID(), provider, client, "CLIENT", start.toString()),
                row(UUID.randomUUID(), conversation, UUID.randomUUID(), provider, "CLIENT", start.toString()),
                row(once, "CLIENT", start.plusSeconds(1)),
                row(once, "CLIENT", start.plusSeconds(1)),
                row(once, "CLIENT", start.plusSeconds(2)),
                "");

        assertReport(report, 14, 2, 1, 11);
        assertThat(reasons(report))
                .containsExactly(
                        "3 sent_at lies in the future",
                        "4 does not have as many columns as the header line",
                        "5 sender_role is none of CLIENT, PROVIDER",
                        "6 sent_at is not a date and time with an offset, from 1970 on, such as 2026-11-22T10:00:00Z",
                        "7 sent_at is not a date and time with an offset, from 1970 on, such as 2026-11-22T10:00:00Z",
                        "8 message_id is not a UUID",
                        "9 client_id and provider_id are the same",
                        "10 client_id is the id of a user with another role",
                        "11 client_id is the id of a user with another role",
                        "12 conversation_id belongs to other users",
                        "15 message_id belongs to another message");
        assertThat(countOf(conversation)).isEqualTo(2);
    }

    @Test
    void anIdIsOnlyTakenAsUuidsAreWritten() {
        String others = "," + conversation + "," + client + "," + provider + ",CLIENT," + start;

        JsonNode report = imported(
                "3f0c1d6e8-f53-4c39-9a3f-0b7f6f9b2a11" + others,
                "3f0c1d6e-8f53-4c39-9a3f0-b7f6f9b2a11" + others,
                "3f0c1d6e-8f53-4c39-9a3f-0b7f6f9b2a1" + others,
                "3F0C1D6E-8F53-4C39-9A3F-0B7F6F9B2A11" + others);

        assertReport(report, 4, 1, 0, 3);
        assertThat(reasons(report))
                .containsExactly(
                        "2 message_id is not a UUID", "3 message_id is not a UUID", "4 message_id is not a UUID");
    }

    @Test
    void optionalColumnsReachTheEvents() {
        UUID team = UUID.randomUUID();
        UUID question = UUID.randomUUID();
        UUID answer = UUID.randomUUID();
        Instant later = start.plusSeconds(60);

        JsonNode report = importedWith(
                ",excuse_reason,kind,answerable_from,answering_for,excused_by,excused_at",
                row(answer, "PROVIDER", later.plusSeconds(1)) + ",,ACTION,," + team + ",,",
                row(question, "CLIENT", start) + ",SPAM,,2026-01-05T09:00:00+01:00," + team + ",PROVIDER," + later);

        assertReport(report, 2, 2, 0, 0);
        assertThat(roleOf(team)).isEqualTo("PROVIDER");
        assertThat(roleOf(provider)).isEqualTo("PROVIDER");
        assertThat(kindOf(answer)).isEqualTo("ACTION");
        assertThat(api.json(200, api.get(Api.user(team), "/api/v1/conversations/{id}/messages", conversation))
                        .path("messages"))
                .hasSize(2);
        try (TopicReader reader = new TopicReader(topic)) {
            assertThat(reader.of(conversation, 3))
                    .containsExactly(
                            new MessageCreated(
                                    question,
                                    conversation,
                                    client,
                                    Role.CLIENT,
                                    provider,
                                    Role.PROVIDER,
                                    MessageKind.HUMAN,
                                    start,
                                    1L,
                                    team,
                                    Instant.parse("2026-01-05T08:00:00Z")),
                            new InquiryExcused(conversation, question, ExcuseReason.SPAM, ExcusedBy.PROVIDER, later),
                            new MessageCreated(
                                    answer,
                                    conversation,
                                    provider,
                                    Role.PROVIDER,
                                    client,
                                    Role.CLIENT,
                                    MessageKind.ACTION,
                                    later.plusSeconds(1),
                                    2L,
                                    team,
                                    null));
        }
    }

    @Test
    void anAccountsConversationIsContinuedLiveAndItsMetricsAreMarked() {
        UUID team = UUID.randomUUID();
        importedWith(",answering_for", row("CLIENT", start) + "," + team);

        assertThat(send(client, team).path("conversationId").asString()).isEqualTo(conversation.toString());
        await().untilAsserted(
                        () -> assertThat(database.sql("SELECT metrics_stale_since IS NOT NULL FROM users WHERE id = ?")
                                        .param(team)
                                        .query(Boolean.class)
                                        .single())
                                .isTrue());
    }

    @Test
    void everyKindThatTheContractKnowsIsTaken() {
        JsonNode report = importedWith(
                ",kind",
                Stream.of("HUMAN", "ACTION", "AUTO_REPLY", "SYSTEM", "NOTE", "")
                        .map(kind -> row("PROVIDER", start) + "," + kind)
                        .toArray(String[]::new));

        assertReport(report, 6, 6, 0, 0);
        assertThat(database.sql("SELECT kind FROM messages WHERE conversation_id = ?")
                        .param(conversation)
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder("HUMAN", "ACTION", "AUTO_REPLY", "SYSTEM", "NOTE", "HUMAN");
    }

    @Test
    void badValuesOfOptionalColumnsAreListedToo() {
        UUID known = api.newUser("CLIENT");
        String soon = Instant.now().plusSeconds(60).toString();
        JsonNode report = importedWith(
                ",kind,answerable_from,answering_for,excused_by,excuse_reason,excused_at",
                row("CLIENT", start) + ",human,,,,,",
                row("CLIENT", start) + ",OTHER,,,,,",
                row("CLIENT", start) + ",,tomorrow,,,,",
                row("PROVIDER", start) + ",," + soon + ",,,,",
                row("CLIENT", start) + ",,,the team,,,",
                row("CLIENT", start) + ",,," + client + ",,,",
                row("CLIENT", start) + ",,," + known + ",,,",
                row("CLIENT", start) + ",,,,CLIENT,SPAM," + start,
                row("CLIENT", start) + ",,,,PLATFORM,BORED," + start,
                row("CLIENT", start) + ",,,,PLATFORM,SPAM,then",
                row("CLIENT", start) + ",,,,PLATFORM,SPAM," + soon,
                row("CLIENT", start) + ",,,,PLATFORM,SPAM," + start.minusSeconds(1),
                row("CLIENT", start) + ",,,,PLATFORM,SPAM,",
                row("PROVIDER", start) + ",,,,PLATFORM,SPAM," + start);

        String time = " is not a date and time with an offset, from 1970 on, such as 2026-11-22T10:00:00Z";
        assertThat(reasons(report))
                .containsExactly(
                        "2 kind is none of HUMAN, ACTION, AUTO_REPLY, SYSTEM, NOTE",
                        "3 kind is none of HUMAN, ACTION, AUTO_REPLY, SYSTEM, NOTE",
                        "4 answerable_from" + time,
                        "5 answerable_from is only for a client's message",
                        "6 answering_for is not a UUID",
                        "7 client_id and answering_for are the same",
                        "8 answering_for is the id of a user with another role",
                        "9 excused_by is none of PROVIDER, PLATFORM",
                        "10 excuse_reason is none of NO_REPLY_NEEDED, SPAM, BLOCKED, WITHDRAWN, OTHER",
                        "11 excused_at" + time,
                        "12 excused_at lies in the future",
                        "13 excused_at lies before sent_at",
                        "14 excused_by, excuse_reason and excused_at go together",
                        "15 excused_by is only for a client's message");
        assertThat(countOf(conversation)).isZero();
    }

    @Test
    void aDeletedConversationDoesNotComeBack() {
        imported(row("CLIENT", start));
        assertThat(api.delete(Api.user(client), "/api/v1/conversations/{id}", conversation))
                .hasStatus(204);

        JsonNode report = imported(row("CLIENT", start.plusSeconds(1)));

        assertReport(report, 1, 0, 0, 1);
        assertThat(reasons(report)).containsExactly("2 the conversation was deleted");
    }

    @Test
    void aPartOfALongLogReportsTheLinesOfTheWhole() {
        JsonNode report =
                api.json(200, post(Api.admin(), "?firstLine=5002", HEADER + "\n" + "x\n" + row("CLIENT", start)));

        assertThat(reasons(report)).containsExactly("5002 does not have as many columns as the header line");
    }

    @Test
    void whatIsNoLogIsRefusedWhole() {
        api.problem(400, "unreadable-log", post(Api.admin(), "", ""));
        api.problem(400, "unreadable-log", post(Api.admin(), "", "a,b,c\n1,2,3"));
        api.problem(400, "unreadable-log", post(Api.admin(), "", HEADER + "\n" + row("CLIENT", start) + "\n\"x"));
        api.problem(400, "unreadable-log", post(Api.admin(), "", HEADER + ",sent_at\n"));
        api.problem(400, "invalid-request", post(Api.admin(), "?firstLine=0", HEADER));
        api.problem(413, "too-many-rows", post(Api.admin(), "", HEADER + "\n" + "x\n".repeat(10_001)));
        api.problem(415, "invalid-request", api.post(Api.admin(), "/api/v1/imports", "{}"));
        api.problem(403, "not-allowed", post(Api.user(client), "", HEADER));

        assertThat(countOf(conversation)).isZero();
    }

    @Test
    void aByteOrderMarkQuotesAndWindowsLineEndsAreRead() {
        String log = "\uFEFF" + HEADER + "\r\n\"" + row("CLIENT", start).replace(",", "\",\"") + "\"\r\n";

        assertReport(api.json(200, post(Api.admin(), "", log)), 1, 1, 0, 0);
    }

    @Test
    void tenThousandRowsGoInAtOnceWithTheirEventsInOrder() {
        List<UUID> conversations = Stream.generate(UUID::randomUUID).limit(500).toList();
        List<String> rows = new ArrayList<>(IntStream.range(0, 10_000)
                .mapToObj(i -> row(
                        UUID.randomUUID(),
                        conversations.get(i % 500),
                        new UUID(1, i % 500),
                        new UUID(2, i % 50),
                        i / 500 % 2 == 0 ? "CLIENT" : "PROVIDER",
                        start.plusSeconds(i).toString()))
                .toList());
        Collections.shuffle(rows, new Random(1));

        assertReport(imported(rows.toArray(String[]::new)), 10_000, 10_000, 0, 0);

        try (TopicReader reader = new TopicReader(topic)) {
            reader.until(events -> events.stream()
                            .filter(event -> conversations.contains(event.conversationId()))
                            .count()
                    >= 10_000);
            assertThat(reader.of(conversations.get(7), 20))
                    .extracting(event -> ((MessageCreated) event).sequence())
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, 20).mapToObj(Long::valueOf).toList());
            assertThat(reader.of(conversations.get(7), 20))
                    .extracting(event -> ((MessageCreated) event).sentAt())
                    .isSorted();
        }
    }

    private JsonNode imported(String... rows) {
        return importedWith("", rows);
    }

    private JsonNode importedWith(String moreColumns, String... rows) {
        return api.json(200, post(Api.admin(), "", HEADER + moreColumns + "\n" + String.join("\n", rows)));
    }

    private MvcTestResult post(RequestPostProcessor who, String query, String csv) {
        return api.http()
                .post()
                .uri("/api/v1/imports" + query)
                .with(who)
                .contentType("text/csv")
                .content(csv.getBytes(StandardCharsets.UTF_8))
                .exchange();
    }

    private String row(String role, Instant sentAt) {
        return row(UUID.randomUUID(), role, sentAt);
    }

    private String row(UUID message, String role, Instant sentAt) {
        return row(message, conversation, client, provider, role, sentAt.toString());
    }

    private static String row(UUID message, UUID conversation, UUID client, UUID provider, String role, String sentAt) {
        return Stream.of(message, conversation, client, provider, role, sentAt)
                .map(Object::toString)
                .collect(Collectors.joining(","));
    }

    private long marksEver() {
        return database.sql("""
                        SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence('stale_response_metrics', 'id')), 0)
                        """).query(Long.class).single();
    }

    private static void assertReport(JsonNode report, long rows, long imported, long present, long rejected) {
        assertThat(report.path("rows").asLong()).as("%s", report).isEqualTo(rows);
        assertThat(report.path("imported").asLong()).as("%s", report).isEqualTo(imported);
        assertThat(report.path("alreadyPresent").asLong()).as("%s", report).isEqualTo(present);
        assertThat(report.path("rejected").asLong()).as("%s", report).isEqualTo(rejected);
        assertThat(report.path("errors")).hasSize((int) rejected);
    }

    private static List<String> reasons(JsonNode report) {
        List<String> reasons = new ArrayList<>();
        report.path("errors")
                .forEach(error -> reasons.add(
                        error.path("line").asLong() + " " + error.path("reason").asString()));
        return reasons;
    }

    private JsonNode send(UUID sender, UUID recipient) {
        return api.json(
                201,
                api.post(
                        Api.user(sender),
                        "/api/v1/messages",
                        "{\"recipientId\":\"" + recipient + "\",\"body\":\"Hello\"}"));
    }

    private String roleOf(UUID user) {
        return database.sql("SELECT role FROM users WHERE id = ?")
                .param(user)
                .query(String.class)
                .single();
    }

    private String kindOf(UUID message) {
        return database.sql("SELECT kind FROM messages WHERE id = ?")
                .param(message)
                .query(String.class)
                .single();
    }

    private long countOf(UUID conversation) {
        return database.sql("SELECT count(*) FROM messages WHERE conversation_id = ?")
                .param(conversation)
                .query(Long.class)
                .single();
    }
}
