package io.replymeter.metrics.rebuild;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.replymeter.metrics.comparison.Verifications;
import io.replymeter.metrics.generation.Rebuild;
import io.replymeter.metrics.generation.Rebuilds;
import io.replymeter.metrics.log.PartitionOffsets;
import io.replymeter.metrics.log.PartitionPosition;
import io.replymeter.metrics.log.Throughput;
import io.replymeter.metrics.log.Topic;
import io.replymeter.metrics.log.TopicState;
import io.replymeter.metrics.log.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Samples the generations once a second, for their throughput and for Prometheus. */
@Component
class GenerationMeters {

    private static final Logger log = LoggerFactory.getLogger(GenerationMeters.class);

    private final Rebuilds rebuilds;
    private final PartitionOffsets offsets;
    private final Throughput throughput;
    private final Verifications verifications;
    private final Topic topic;
    private final Watermark watermark;
    private final Gauges states;
    private final Gauges lags;
    private final Gauges delays;
    private final Gauges rates;
    private final Gauges differences;

    GenerationMeters(
            Rebuilds rebuilds,
            PartitionOffsets offsets,
            Throughput throughput,
            Verifications verifications,
            Topic topic,
            Watermark watermark,
            MeterRegistry meters) {
        this.rebuilds = rebuilds;
        this.offsets = offsets;
        this.throughput = throughput;
        this.verifications = verifications;
        this.topic = topic;
        this.watermark = watermark;
        this.states = new Gauges("replymeter.generation.state", "1 for the state that a generation is in", meters);
        this.lags = new Gauges(
                "replymeter.generation.lag", "Records of a partition that a generation has not applied yet", meters);
        this.delays = new Gauges(
                "replymeter.generation.lag.seconds", "How far a generation's watermark is behind the topic", meters);
        this.rates = new Gauges("replymeter.generation.records.per.second", "How fast a generation reads", meters);
        this.differences = new Gauges(
                "replymeter.generation.differences",
                "Rows that differed when it was compared with the live one",
                meters);
    }

    /** A gauge per generation. Gauges are registered once and read the last values, so that a scrape sees each once. */
    private static final class Gauges {

        private final MultiGauge gauge;
        private final Map<Tags, Number> values = new ConcurrentHashMap<>();

        Gauges(String name, String description, MeterRegistry meters) {
            this.gauge = MultiGauge.builder(name).description(description).register(meters);
        }

        void set(Map<Tags, Number> latest) {
            values.putAll(latest);
            values.keySet().retainAll(latest.keySet());
            gauge.register(latest.keySet().stream()
                    .map(tags -> Row.of(tags, () -> values.getOrDefault(tags, Double.NaN)))
                    .toList());
        }
    }

    @Scheduled(fixedDelayString = "${replymeter.events.watch-interval:1s}")
    void sample() {
        try {
            set(rebuilds.all().stream()
                    .filter(rebuild -> !rebuild.state().isOver())
                    .toList());
        } catch (DataAccessException e) {
            log.debug("The meters keep their last values", e);
        }
    }

    private void set(List<Rebuild> present) {
        Map<Tags, Number> latestStates = new HashMap<>();
        Map<Tags, Number> latestLags = new HashMap<>();
        Map<Tags, Number> latestDelays = new HashMap<>();
        Map<Tags, Number> latestRates = new HashMap<>();
        Map<Tags, Number> latestDifferences = new HashMap<>();
        for (Rebuild rebuild : present) {
            int generation = rebuild.number();
            Tags tags = Tags.of("generation", Integer.toString(generation));
            Collection<PartitionPosition> positions = offsets.of(generation).values();
            throughput.sample(generation, positions);
            latestStates.put(tags.and("state", rebuild.state().name()), 1);
            topic.state().ifPresent(state -> {
                positions.forEach(position -> latestLags.put(
                        tags.and("partition", Integer.toString(position.partition())), position.lag(state)));
                latestDelays.computeIfAbsent(
                        tags, key -> delay(state, watermark.known().get(generation)));
            });
            latestRates.computeIfAbsent(tags, key -> throughput.eventsPerSecond(generation));
            verifications
                    .find(generation)
                    .ifPresent(verification -> latestDifferences.put(tags, verification.differences()));
        }
        throughput.keep(present.stream().map(Rebuild::number).toList());
        states.set(latestStates);
        lags.set(latestLags);
        delays.set(latestDelays);
        rates.set(latestRates);
        differences.set(latestDifferences);
    }

    /** In seconds; null if nothing of a partition was applied yet. */
    private static @Nullable Double delay(TopicState state, @Nullable Instant watermark) {
        return watermark == null
                ? null
                : Math.max(0, Duration.between(watermark, state.asOf()).toMillis() / 1_000.0);
    }
}
