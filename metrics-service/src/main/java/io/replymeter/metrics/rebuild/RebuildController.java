package io.replymeter.metrics.rebuild;

import io.replymeter.metrics.comparison.Differences.ProviderDifference;
import io.replymeter.metrics.comparison.Differences.RowDifference;
import io.replymeter.metrics.comparison.Verifications;
import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.generation.Rebuild;
import io.replymeter.metrics.generation.RebuildState.Move;
import io.replymeter.metrics.generation.Rebuilds;
import io.replymeter.metrics.log.PartitionOffsets;
import io.replymeter.metrics.log.Throughput;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Rebuilding without downtime, for SREs (scope {@code metrics:ops}). */
@RestController
@RequestMapping("/ops/v1/rebuilds")
@Tag(name = "Rebuilds")
class RebuildController {

    private final RebuildStart start;
    private final RebuildRequests requests;
    private final Rebuilds rebuilds;
    private final PartitionOffsets offsets;
    private final Throughput throughput;
    private final Verifications verifications;
    private final Generations generations;

    RebuildController(
            RebuildStart start,
            RebuildRequests requests,
            Rebuilds rebuilds,
            PartitionOffsets offsets,
            Throughput throughput,
            Verifications verifications,
            Generations generations) {
        this.start = start;
        this.requests = requests;
        this.rebuilds = rebuilds;
        this.offsets = offsets;
        this.throughput = throughput;
        this.verifications = verifications;
        this.generations = generations;
    }

    @Operation(
            summary = "Start to build another generation",
            description = "It reads the topic beside the live one; readers notice nothing. Refused while another one is"
                    + " there, with too little history in the topic, or too little disk.")
    @PostMapping
    ResponseEntity<RebuildView> start(@RequestBody(required = false) @Valid @Nullable StartRequest body) {
        StartRequest wanted = body == null ? StartRequest.PLAIN : body;
        int generation = start.start(
                wanted.ruleset(generations.configuredRules()),
                wanted.throttle(),
                Boolean.TRUE.equals(wanted.acceptTruncatedHistory()));
        return ResponseEntity.created(URI.create("/ops/v1/rebuilds/" + generation))
                .body(get(generation));
    }

    /** Newest first. */
    record All(List<RebuildView> rebuilds) {}

    @Operation(summary = "Every generation that ever existed, newest first")
    @GetMapping
    All all() {
        return new All(rebuilds.all().stream().map(this::view).toList());
    }

    @Operation(summary = "One generation: state, progress, lag, and what the last comparison found")
    @GetMapping("/{generation}")
    RebuildView get(@PathVariable int generation) {
        return view(requests.find(generation));
    }

    private RebuildView view(Rebuild rebuild) {
        int generation = rebuild.number();
        return RebuildView.of(
                rebuild,
                requests.possible(rebuild),
                offsets.of(generation).values(),
                throughput,
                verifications.find(generation).orElse(null));
    }

    /**
     * @param verifiedAt null before the first comparison
     * @param providers at most 100
     * @param rows at most 100 of each layer
     */
    record FirstDifferences(
            int generation,
            @Nullable Instant verifiedAt,
            List<ProviderDifference> providers,
            List<RowDifference> rows) {}

    @Operation(
            summary = "The first 100 differences of each kind that the last comparison found",
            description = "What readers would see of each provider, and the rows behind it.")
    @GetMapping("/{generation}/differences")
    FirstDifferences differences(@PathVariable int generation) {
        requests.find(generation);
        return verifications
                .findWithDetails(generation)
                .map(found ->
                        new FirstDifferences(generation, found.report().verifiedAt(), found.providers(), found.rows()))
                .orElseGet(() -> new FirstDifferences(generation, null, List.of(), List.of()));
    }

    /** @param acceptDifferences true to switch although the comparison found some */
    record SwitchRequest(@Nullable Boolean acceptDifferences) {}

    @Operation(
            summary = "Show readers this generation from now on",
            description =
                    "Refused if it was not compared within the last hour, or if it differs and that is not accepted."
                            + " The previous generation is kept up to date until it is dropped.")
    @PostMapping("/{generation}/switch")
    RebuildView switchTo(@PathVariable int generation, @RequestBody(required = false) @Nullable SwitchRequest body) {
        requests.switchTo(generation, body != null && Boolean.TRUE.equals(body.acceptDifferences()));
        return get(generation);
    }

    @Operation(summary = "Show readers the previous generation again")
    @PostMapping("/{generation}/rollback")
    RebuildView rollBack(@PathVariable int generation) {
        requests.rollBack(generation);
        return get(generation);
    }

    @Operation(summary = "Compare it with the live generation again")
    @PostMapping("/{generation}/verify")
    RebuildView verify(@PathVariable int generation) {
        return request(generation, Move.VERIFY);
    }

    @Operation(summary = "Pause it: nothing is read until it is resumed")
    @PostMapping("/{generation}/pause")
    RebuildView pause(@PathVariable int generation) {
        return request(generation, Move.PAUSE);
    }

    @Operation(summary = "Go on after a pause")
    @PostMapping("/{generation}/resume")
    RebuildView resume(@PathVariable int generation) {
        return request(generation, Move.RESUME);
    }

    @Operation(summary = "Give up a generation that readers do not see", description = "All of it is removed.")
    @PostMapping("/{generation}/cancel")
    RebuildView cancel(@PathVariable int generation) {
        return request(generation, Move.CANCEL);
    }

    @Operation(
            summary = "Give up the previous generation",
            description = "After that, there is nothing to roll back to.")
    @PostMapping("/{generation}/drop")
    RebuildView drop(@PathVariable int generation) {
        return request(generation, Move.DROP);
    }

    private RebuildView request(int generation, Move move) {
        requests.request(generation, move);
        return get(generation);
    }

    /** @param throttle events a second at most, on all instances together; null for no limit */
    record ThrottleRequest(
            @Nullable @Min(value = 1, message = "must be at least 1, or null for no limit") Integer throttle) {}

    @Operation(summary = "Limit how fast a replay reads, or lift the limit")
    @PatchMapping("/{generation}")
    RebuildView throttle(@PathVariable int generation, @RequestBody @Valid ThrottleRequest body) {
        requests.find(generation);
        rebuilds.throttle(generation, body.throttle());
        return get(generation);
    }
}
