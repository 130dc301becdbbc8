package io.replymeter.metrics.ingest;

import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.ingest.QuarantinedRecords.Quarantined;
import io.replymeter.metrics.ingest.QuarantinedRecords.Whole;
import io.replymeter.metrics.log.Topic;
import io.replymeter.web.PageLimit;
import io.replymeter.web.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What was read and not applied, for SREs (scope {@code metrics:ops}). */
@RestController
@RequestMapping("/ops/v1")
@Tag(name = "Operations")
class QuarantineController {

    private static final int MOST = 200;
    private static final long SEND_TIMEOUT_SECONDS = 30;

    private final QuarantinedRecords quarantine;
    private final IgnoredRecords ignored;
    private final Generations generations;
    private final Topic topic;
    private final KafkaTemplate<byte[], byte[]> kafka;

    QuarantineController(
            QuarantinedRecords quarantine,
            IgnoredRecords ignored,
            Generations generations,
            Topic topic,
            KafkaTemplate<byte[], byte[]> kafka) {
        this.quarantine = quarantine;
        this.ignored = ignored;
        this.generations = generations;
        this.topic = topic;
        this.kafka = kafka;
    }

    /** @param nextCursor null on the last page */
    record Page(List<Quarantined> records, @Nullable Long nextCursor) {}

    @Operation(
            summary = "Records that break the contract, oldest first",
            description =
                    "With the sizes of their keys and values. Follow nextCursor until it is null. Discarded ones are left"
                            + " out.")
    @GetMapping("/quarantine")
    Page list(
            @RequestParam(defaultValue = "0") long cursor,
            @PageLimit(max = MOST) @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable QuarantineReason reason) {
        List<Quarantined> found = quarantine.page(cursor, limit + 1, reason);
        return found.size() <= limit
                ? new Page(found, null)
                : new Page(found.subList(0, limit), found.get(limit - 1).id());
    }

    @Operation(summary = "One record with its key and value", description = "They are base64.")
    @GetMapping("/quarantine/{id}")
    Whole get(@PathVariable long id) {
        return quarantine.find(id).orElseThrow(QuarantineController::unknown);
    }

    /**
     * The new copy in the topic is judged by its own append time: nothing is applied that is not in the topic. It is sent
     * before it is marked: after a failure in between, a replay only repeats it, which has no effect.
     */
    @Operation(
            summary = "Publish a quarantined record to the topic again",
            description = "For a record that a newer version understands. It keeps its key, value and headers.")
    @PostMapping("/quarantine/{id}/replay")
    Quarantined replay(@PathVariable long id) throws InterruptedException {
        ProducerRecord<byte[], byte[]> record =
                quarantine.record(id, topic.name()).orElseThrow(QuarantineController::unknown);
        publish(record);
        return quarantine.markReplayed(id);
    }

    @Operation(
            summary = "Discard a quarantined record",
            description = "For one that does not matter. Its key and value are gone for good. It makes nobody's numbers"
                    + " incomplete any more, and a rebuild that reads it again does not bring it back.")
    @DeleteMapping("/quarantine/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discard(@PathVariable long id) {
        if (!quarantine.discard(id)) {
            throw unknown();
        }
    }

    private static Problem unknown() {
        return new Problem(
                HttpStatus.NOT_FOUND,
                "unknown-quarantined-record",
                "There is no such record",
                "No record has this id: GET /ops/v1/quarantine lists them.");
    }

    private void publish(ProducerRecord<byte[], byte[]> record) throws InterruptedException {
        try {
            kafka.send(record).get(SEND_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new Problem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "topic-unavailable",
                    "The topic cannot be written right now",
                    "The broker did not confirm the record, which may have been published. Replay it again later: a record"
                            + " that is published twice counts once.");
        }
    }

    @Operation(summary = "How many records were read and did not count, by reason")
    @GetMapping("/ignored")
    Map<IgnoredReason, Long> ignored() {
        return ignored.totals(generations.active().number());
    }
}
