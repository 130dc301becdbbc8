package io.replymeter.metrics.rebuild;

import io.replymeter.metrics.generation.DerivedTables;
import io.replymeter.metrics.ingest.IngestProperties;
import io.replymeter.metrics.log.Broker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Removes all that a dropped or cancelled generation leaves: offsets, tables, consumer group. Thread-safe. */
@Component
class Removal {

    private static final Logger LOG = LoggerFactory.getLogger(Removal.class);

    private final Places places;
    private final DerivedTables tables;
    private final Broker broker;
    private final IngestProperties ingest;
    private final Rebuilds rebuilds;

    Removal(Places places, DerivedTables tables, Broker broker, IngestProperties ingest, Rebuilds rebuilds) {
        this.places = places;
        this.tables = tables;
        this.broker = broker;
        this.ingest = ingest;
        this.rebuilds = rebuilds;
    }

    /**
     * The offsets go first: no batch can be applied without them, so that nobody writes to the tables any more, whatever
     * consumer has not heard yet. Interrupted anywhere, it is simply called again.
     */
    void remove(Rebuild rebuild) {
        int generation = rebuild.generation();
        places.forget(generation);
        tables.drop(generation);
        if (broker.removeGroup(ingest.group(generation))) {
            rebuilds.removed(generation);
            LOG.info("Generation {} is {}, and nothing is left of it", generation, rebuild.state());
        }
    }
}
