package io.replymeter.metrics.rebuild;

import io.replymeter.metrics.comparison.Verifications;
import io.replymeter.metrics.consume.IngestProperties;
import io.replymeter.metrics.generation.GenerationTables;
import io.replymeter.metrics.generation.Rebuild;
import io.replymeter.metrics.generation.Rebuilds;
import io.replymeter.metrics.ingest.IgnoredRecords;
import io.replymeter.metrics.log.Broker;
import io.replymeter.metrics.log.PartitionOffsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Removes all that a dropped or cancelled generation leaves: offsets, tables, consumer group. Thread-safe. */
@Component
class Teardown {

    private static final Logger log = LoggerFactory.getLogger(Teardown.class);

    private final PartitionOffsets offsets;
    private final IgnoredRecords ignoredRecords;
    private final Verifications verifications;
    private final GenerationTables tables;
    private final Broker broker;
    private final IngestProperties ingest;
    private final Rebuilds rebuilds;

    Teardown(
            PartitionOffsets offsets,
            IgnoredRecords ignoredRecords,
            Verifications verifications,
            GenerationTables tables,
            Broker broker,
            IngestProperties ingest,
            Rebuilds rebuilds) {
        this.offsets = offsets;
        this.ignoredRecords = ignoredRecords;
        this.verifications = verifications;
        this.tables = tables;
        this.broker = broker;
        this.ingest = ingest;
        this.rebuilds = rebuilds;
    }

    /**
     * The offsets go first. Without them no batch can be applied, so nobody writes to the tables any more, not even a
     * consumer that has not noticed yet. If it is interrupted anywhere, call it again.
     */
    void remove(Rebuild rebuild) {
        int generation = rebuild.number();
        offsets.delete(generation);
        ignoredRecords.delete(generation);
        verifications.delete(generation);
        tables.drop(generation);
        if (broker.removeGroup(ingest.group(generation))) {
            rebuilds.noteRemoved(generation);
            log.info("Generation {} is {}, and nothing is left of it", generation, rebuild.state());
        }
    }
}
