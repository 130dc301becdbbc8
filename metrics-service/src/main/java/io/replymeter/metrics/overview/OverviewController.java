package io.replymeter.metrics.overview;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** For SREs (scope {@code metrics:ops}). */
@RestController
@RequestMapping("/ops/v1")
@Tag(name = "Operations")
class OverviewController {

    private final Overviews overviews;
    private final IncompleteNumbers incomplete;

    OverviewController(Overviews overviews, IncompleteNumbers incomplete) {
        this.overviews = overviews;
        this.incomplete = incomplete;
    }

    @Operation(
            summary = "How far the live generation has read the topic",
            description =
                    "By partition, in records and in time; how fast; what keeps a partition from being read on; and how"
                            + " many records wait in the quarantine, by reason. Every instance answers the same.")
    @GetMapping("/ingest")
    IngestOverview ingest() {
        return overviews.now();
    }

    @Operation(
            summary = "Whose numbers may be incomplete",
            description =
                    "Providers whom records in the quarantine are about, until these are published again or discarded,"
                            + " and what may be missing for everybody. A record that cannot be read may still name its provider, or"
                            + " a conversation by its key.")
    @GetMapping("/incomplete-numbers")
    IncompleteNumbers.Incomplete incompleteNumbers() {
        return incomplete.report(overviews.now().partitions());
    }
}
