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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
    private final MultiGauge states;
    private final MultiGauge lags;
    private final MultiGauge rates;
    private final MultiGauge differences;

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
        this.states = gauge("replymeter.rebuild.state", "1 for the state that a generation is in", meters);
        this.lags =
                gauge("replymeter.rebuild.lag", "Events of the topic that a generation has not applied yet", meters);
        this.rates = gauge("replymeter.rebuild.events.per.second", "How fast a generation reads", meters);
        this.differences = gauge(
                "replymeter.rebuild.differences", "Rows that differed when it was compared with the live one", meters);
    }

    private static MultiGauge gauge(String name, String description, MeterRegistry meters) {
        return MultiGauge.builder(name).description(description).register(meters);
    }

    @Scheduled(fixedDelayString = "${replymeter.events.watch-interval:1s}")
    void sample() {
        try {
            register(rebuilds.all().stream()
                    .filter(rebuild -> !rebuild.state().isOver())
                    .toList());
        } catch (DataAccessException e) {
            log.debug("The meters keep their last values", e);
        }
    }

    private void register(List<Rebuild> present) {
        List<Row<?>> stateRows = new ArrayList<>();
        List<Row<?>> lagRows = new ArrayList<>();
        List<Row<?>> rateRows = new ArrayList<>();
        List<Row<?>> differenceRows = new ArrayList<>();
        for (Rebuild rebuild : present) {
            int generation = rebuild.number();
            Tags tags = Tags.of("generation", Integer.toString(generation));
            stateRows.add(Row.of(tags.and("state", rebuild.state().name()), 1));
            Collection<PartitionPosition> positions = offsets.of(generation).values();
            throughput.sample(generation, positions);
            Long lag = throughput.lag(positions);
            if (lag != null) {
                lagRows.add(Row.of(tags, lag));
            }
            Double rate = throughput.eventsPerSecond(generation);
            if (rate != null) {
                rateRows.add(Row.of(tags, rate));
            }
            verifications
                    .find(generation)
                    .ifPresent(verification -> differenceRows.add(Row.of(tags, verification.differences())));
        }
        throughput.keep(present.stream().map(Rebuild::number).toList());
        states.register(stateRows, true);
        lags.register(lagRows, true);
        rates.register(rateRows, true);
        differences.register(differenceRows, true);
    }
}
