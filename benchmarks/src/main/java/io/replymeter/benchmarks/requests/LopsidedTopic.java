package io.replymeter.benchmarks.requests;

import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.workload.HistoryOptions;
import io.replymeter.benchmarks.workload.LoadedTopic;
import io.replymeter.benchmarks.workload.LoggedEvent;
import io.replymeter.benchmarks.workload.TopicLoader;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageKind;
import io.replymeter.events.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** The generated history, and after it two more providers: one with 100,000 inquiries of the last 29 days, one with 10. */
final class LopsidedTopic {

    static final String NAME = "lopsided";
    static final UUID BUSY = new UUID(8, 1);
    static final UUID QUIET = new UUID(8, 2);

    private static final int BUSY_INQUIRIES = 100_000;
    private static final int QUIET_INQUIRIES = 10;
    private static final Duration SPAN = Duration.ofDays(29);

    private LopsidedTopic() {}

    static void load(BenchmarkServers servers, HistoryOptions history) throws ExecutionException, InterruptedException {
        LoadedTopic loaded = history.load(servers, NAME);
        if (servers.records(NAME) == loaded.events()) {
            TopicLoader loader = new TopicLoader(servers);
            loader.append(NAME, inquiries(BUSY, BUSY_INQUIRIES));
            loader.append(NAME, inquiries(QUIET, QUIET_INQUIRIES));
        }
    }

    /** All but every tenth are answered after 30 minutes. */
    private static Stream<LoggedEvent> inquiries(UUID provider, int count) {
        Instant end = Instant.now();
        Duration step = SPAN.dividedBy(count);
        return Stream.iterate(0, i -> i < count, i -> i + 1).flatMap(i -> {
            UUID conversation = new UUID(provider.getLeastSignificantBits(), i);
            Instant asked = end.minus(SPAN).plus(step.multipliedBy(i));
            LoggedEvent question = message(conversation, provider, true, asked);
            boolean answered = i % 10 != 0;
            return answered
                    ? Stream.of(question, message(conversation, provider, false, asked.plusSeconds(1_800)))
                    : Stream.of(question);
        });
    }

    private static LoggedEvent message(UUID conversation, UUID provider, boolean asks, Instant at) {
        UUID client = new UUID(9, conversation.getLeastSignificantBits());
        UUID messageId = new UUID(asks ? 10 : 11, conversation.getLeastSignificantBits());
        MessageCreated message = new MessageCreated(
                messageId,
                conversation,
                asks ? client : provider,
                asks ? Role.CLIENT : Role.PROVIDER,
                asks ? provider : client,
                asks ? Role.PROVIDER : Role.CLIENT,
                MessageKind.HUMAN,
                at,
                null);
        return new LoggedEvent(message, Instant.now().toEpochMilli());
    }
}
