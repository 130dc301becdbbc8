package io.replymeter.local.e2e;

import static java.time.Duration.ofMillis;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Clients who ask and providers who answer at once, again and again, in as many conversations that all partitions of the topic
 * have some. A post that fails is repeated with its key. Remembers what was acknowledged, and finds out whether all of it is there,
 * once. Nobody else may use the stack.
 */
final class Exchanges implements AutoCloseable {

    /** Every question opens an inquiry, and callers send as much as they like. */
    static final List<String> SERVICE_ARGUMENTS =
            List.of("--replymeter.rules.reinquiry-silence=0s", "--replymeter.messages.posts-per-minute=0");

    private static final int PAIRS = 36;
    private static final int CALLERS = 4;
    private static final long PAUSE_MILLIS = 500;

    private record Pair(UUID client, String clientToken, UUID provider, String providerToken) {}

    private final OwnStack stack;
    /** Where the acknowledged messages are, by their ids. */
    private final Map<String, String> conversations = new ConcurrentHashMap<>();

    private final List<Pair> probes;
    private final ScheduledExecutorService callers = Executors.newScheduledThreadPool(CALLERS);
    private final List<? extends Future<?>> acts;

    /** Begins at once. */
    Exchanges(OwnStack stack) {
        this.stack = stack;
        this.probes = pairs();
        this.acts = pairs().stream()
                .map(pair ->
                        callers.scheduleWithFixedDelay(() -> exchange(pair), 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS))
                .toList();
    }

    private List<Pair> pairs() {
        return Stream.generate(this::newPair).limit(PAIRS).toList();
    }

    private Pair newPair() {
        UUID client = stack.newUser("CLIENT");
        UUID provider = stack.newUser("PROVIDER");
        return new Pair(client, stack.token(client.toString()), provider, stack.token(provider.toString()));
    }

    private void exchange(Pair pair) {
        post(pair.clientToken(), pair.provider());
        post(pair.providerToken(), pair.client());
    }

    private void post(String token, UUID recipient) {
        String key = UUID.randomUUID().toString();
        await().pollInterval(ofMillis(200)).until(() -> {
            try {
                Api.Answer answer = stack.messaging()
                        .postOnce(
                                "/api/v1/messages",
                                token,
                                key,
                                Map.of("recipientId", recipient, "body", "What they say."));
                if (answer.status() == 503) {
                    return false;
                }
                JsonNode message = answer.expect(201);
                conversations.put(
                        message.path("messageId").asString(),
                        message.path("conversationId").asString());
                return true;
            } catch (UncheckedIOException e) {
                return false; // No answer: it may have been accepted.
            }
        });
    }

    /** One exchange in each of other conversations; returns once all of them were acknowledged. */
    void probe() throws Exception {
        ExecutorService probing = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Callable<Boolean>> all = probes.stream()
                    .<Callable<Boolean>>map(pair -> () -> {
                        exchange(pair);
                        return true;
                    })
                    .toList();
            for (Future<Boolean> one : probing.invokeAll(all)) {
                one.get();
            }
        } finally {
            probing.shutdown();
        }
    }

    /** Returns once all that was acknowledged so far counts. */
    void awaitCounted() {
        Set<String> soFar = Set.copyOf(conversations.keySet());
        await().pollInterval(ofMillis(200))
                .ignoreExceptionsInstanceOf(SQLException.class)
                .until(() -> facts().containsAll(soFar));
    }

    /** Prints how long after {@code since}, by {@link System#nanoTime}, posts are accepted again, everywhere, and count. */
    void awaitFlow(String after, long since) throws Exception {
        exchange(probes.get(0));
        double first = secondsSince(since);
        probe();
        double all = secondsSince(since);
        awaitCounted();
        System.out.printf(
                "%s: a post and its answer were accepted after %.1f s, those of all conversations after %.1f s,"
                        + " and counted after %.1f s%n",
                after, first, all, secondsSince(since));
    }

    private static double secondsSince(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime).toMillis() / 1000.0;
    }

    /** Lets everybody finish, and sends nothing more. */
    void end() throws InterruptedException {
        acts.forEach(act -> assertThat(act.isDone()).as("somebody gave up").isFalse());
        callers.shutdown(); // What is scheduled is not begun any more, what was begun is finished.
        assertThat(callers.awaitTermination(5, TimeUnit.MINUTES)).isTrue();
    }

    /** The acknowledged messages that are not among those that were found, and those that only are there. */
    Set<String> differences(Set<String> found) {
        Set<String> different = new HashSet<>(conversations.keySet());
        different.removeAll(found);
        found.stream().filter(id -> !conversations.containsKey(id)).forEach(different::add);
        return different;
    }

    /** Fails unless every acknowledged message is stored, was sent in order, and counts: once, and nothing else does. */
    void assertAllIsThereOnce(EventLog log) {
        assertThat(differences(stored())).isEmpty();
        await().untilAsserted(() -> assertThat(differences(sent(log))).isEmpty());
        assertThat(sequences(log))
                .allSatisfy((conversation, numbers) -> assertThat(numbers)
                        .containsExactlyElementsOf(LongStream.rangeClosed(1, numbers.size())
                                .boxed()
                                .toList()));
        assertAllInTheTopicCounts(log);
    }

    /** Fails unless every message of the topic counts, once, and every question is answered. */
    void assertAllInTheTopicCounts(EventLog log) {
        Set<String> sent = sent(log);
        await().untilAsserted(() -> assertThat(facts()).isEqualTo(sent));
        String answered = "SELECT (SELECT sum(answered) FROM daily_metrics)::text || ' of '"
                + " || (SELECT sum(inquiries) FROM daily_metrics)::text";
        int questions = sent.size() / 2;
        assertThat(strings("metrics", answered)).containsExactly(questions + " of " + questions);
        assertThat(stack.metrics()
                        .get("/ops/v1/integrity", stack.token("ops", "metrics:ops"))
                        .expect(200)
                        .path("differences")
                        .asLong())
                .isZero();
    }

    Set<String> stored() {
        return strings("messaging", "SELECT id::text FROM messages");
    }

    private Set<String> facts() {
        return strings("metrics", "SELECT message_id::text FROM fact");
    }

    private static Set<String> sent(EventLog log) {
        return log.all().stream()
                .map(event -> event.value().path("messageId").asString())
                .collect(toSet());
    }

    /** By conversation, the numbers of its messages in the order of their first appearance. */
    private static Map<String, Set<Long>> sequences(EventLog log) {
        return log.all().stream()
                .collect(groupingBy(
                        event -> event.value().path("conversationId").asString(),
                        mapping(EventLog.Event::sequence, toCollection(LinkedHashSet::new))));
    }

    private Set<String> strings(String database, String query) {
        try (Connection connection =
                        stack.processes().postgresql().database(database).connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            Set<String> strings = new HashSet<>();
            while (row.next()) {
                strings.add(row.getString(1));
            }
            return strings;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        callers.shutdownNow();
    }
}
