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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Samples the generations once a second, for their throughput and for Prometheus. */
@Component
class RebuildMetrics {

    private static final Logger log = LoggerFactory.getLogger(RebuildMetrics.class);

    private final Rebuilds rebuilds;
    private final PartitionOffsets offsets;
    private final Throughput throughput;
    private final Verifications verifications;
    private final Gauges states;
    private final Gauges lags;
    private final Gauges rates;
    private final Gauges differences;

    RebuildMetrics(
            Rebuilds rebuilds,
            PartitionOffsets offsets,
            Throughput throughput,
            Verifications verifications,
            MeterRegistry meters) {
        this.rebuilds = rebuilds;
        this.offsets = offsets;
        this.throughput = throughput;
        this.verifications = verifications;
        this.states = new Gauges("replymeter.rebuild.state", "1 for the state that a generation is in", meters);
        this.lags = new Gauges(
                "replymeter.rebuild.lag", "Events of the topic that a generation has not applied yet", meters);
        this.rates = new Gauges("replymeter.rebuild.events.per.second", "How fast a generation reads", meters);
        this.differences = new Gauges(
                "replymeter.rebuild.differences", "Rows that differed when it was compared with the live one", meters);
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
        Map<Tags, Number> latestRates = new HashMap<>();
        Map<Tags, Number> latestDifferences = new HashMap<>();
        for (Rebuild rebuild : present) {
            int generation = rebuild.number();
            Tags tags = Tags.of("generation", Integer.toString(generation));
            Collection<PartitionPosition> positions = offsets.of(generation).values();
            throughput.sample(generation, positions);
            latestStates.put(tags.and("state", rebuild.state().name()), 1);
            latestLags.computeIfAbsent(tags, key -> throughput.lag(positions));
            latestRates.computeIfAbsent(tags, key -> throughput.eventsPerSecond(generation));
            verifications
                    .find(generation)
                    .ifPresent(verification -> latestDifferences.put(tags, verification.differences()));
        }
        throughput.keep(present.stream().map(Rebuild::number).toList());
        states.set(latestStates);
        lags.set(latestLags);
        rates.set(latestRates);
        differences.set(latestDifferences);
    }
}
