package io.replymeter.metrics.log;

import io.replymeter.events.MessageEventsTopic;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartitionInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Asks the broker about the topic once a second. Thread-safe. */
@Component
@EnableConfigurationProperties(EventsProperties.class)
public class Topic {

    private static final Logger log = LoggerFactory.getLogger(Topic.class);

    private final String name;
    private final Clock clock;
    private final Broker broker;

    private volatile @Nullable TopicState state;
    private volatile String problem = "the broker was not asked yet";

    Topic(EventsProperties properties, Broker broker, Clock clock) {
        this.name = properties.topic();
        this.broker = broker;
        this.clock = clock;
    }

    /** The topic's name. */
    public String name() {
        return name;
    }

    /** What the broker said last, however long ago; empty if the topic was never seen. */
    public Optional<TopicState> state() {
        return Optional.ofNullable(state);
    }

    /** Why the broker did not answer when it was asked last; empty if it did. */
    public Optional<String> problem() {
        return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
    }

    /** What the broker says now; empty if it does not answer, {@link #problem} tells why. */
    public synchronized Optional<TopicState> askNow() {
        ask();
        return problem.isEmpty() ? state() : Optional.empty();
    }

    @Scheduled(fixedDelayString = "${replymeter.events.watch-interval:1s}")
    synchronized void ask() {
        try {
            TopicState answer = read();
            if (!answer.differences().equals(knownDifferences())) {
                answer.differences().forEach(difference -> log.warn("Topic {}: {}", name, difference));
            }
            state = answer;
            problem = "";
        } catch (BrokerUnavailable e) {
            note("topic " + name + " cannot be read, " + e.getMessage());
        }
    }

    private void note(String what) {
        if (!what.equals(problem)) {
            log.warn("The broker cannot be asked about the topic, trying again every second: {}", what);
        }
        problem = what;
    }

    private TopicState read() {
        Instant asOf = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var description = broker.describe();
        List<Integer> partitions = description.partitions().stream()
                .map(TopicPartitionInfo::partition)
                .toList();
        String topicId = description.topicId().toString();
        return new TopicState(
                topicId,
                broker.offsets(partitions, OffsetSpec.earliest()),
                broker.offsets(partitions, OffsetSpec.latest()),
                broker.appendedOffsets(partitions),
                asOf,
                isKnown(topicId, partitions.size()) ? knownDifferences() : differences(partitions.size()));
    }

    private List<String> knownDifferences() {
        TopicState known = state;
        return known == null ? List.of() : known.differences();
    }

    /** Settings are asked for once, and again when the topic was recreated or got more partitions. */
    private boolean isKnown(String topicId, int partitions) {
        TopicState known = state;
        return known != null
                && known.topicId().equals(topicId)
                && known.endOffsets().size() == partitions;
    }

    private List<String> differences(int partitions) {
        Config settings = broker.settings();
        List<String> differences = new ArrayList<>();
        MessageEventsTopic.SETTINGS.forEach((setting, wanted) -> {
            ConfigEntry entry = settings == null ? null : settings.get(setting);
            String found = entry == null ? "unknown" : String.valueOf(entry.value());
            if (!found.equals(wanted)) {
                differences.add(setting + " is " + found + ", the contract asks for " + wanted);
            }
        });
        if (partitions != MessageEventsTopic.PARTITIONS) {
            differences.add(
                    "it has " + partitions + " partitions, the contract asks for " + MessageEventsTopic.PARTITIONS);
        }
        return List.copyOf(differences);
    }
}
