package io.replymeter.metrics.overview;

import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.generation.Rebuilds;
import io.replymeter.metrics.ingest.IgnoredReason;
import io.replymeter.metrics.ingest.IgnoredRecords;
import io.replymeter.metrics.ingest.QuarantinedRecords;
import io.replymeter.metrics.ingest.QuarantinedRecords.Concerned;
import io.replymeter.metrics.log.PartitionOffsets;
import io.replymeter.metrics.log.PartitionPosition;
import io.replymeter.metrics.overview.IngestOverview.Partition;
import io.replymeter.metrics.tables.Conversations;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whose numbers lack records that were not applied. Thread-safe. */
@Component
class IncompleteNumbers {

    private static final int MOST_CONCERNED = 10_000;
    private static final int SHOWN = 1_000;

    private final QuarantinedRecords quarantine;
    private final Conversations conversations;
    private final Generations generations;
    private final Rebuilds rebuilds;
    private final PartitionOffsets offsets;
    private final IgnoredRecords ignored;
    private final Clock clock;

    IncompleteNumbers(
            QuarantinedRecords quarantine,
            Conversations conversations,
            Generations generations,
            Rebuilds rebuilds,
            PartitionOffsets offsets,
            IgnoredRecords ignored,
            Clock clock) {
        this.quarantine = quarantine;
        this.conversations = conversations;
        this.generations = generations;
        this.rebuilds = rebuilds;
        this.offsets = offsets;
        this.ignored = ignored;
        this.clock = clock;
    }

    /**
     * @param everybody why any provider's numbers may be incomplete, in words; empty if nothing is missing as a whole
     * @param count how many providers have records in the quarantine
     * @param providers the first 1,000 of them, those whose records have waited longest first
     * @param unattributed records in the quarantine that do not say whom they are about
     */
    record Incomplete(List<String> everybody, int count, List<Provider> providers, long unattributed) {}

    /**
     * @param records that wait in the quarantine and may concern this provider
     * @param since when the first of them was appended, in UTC
     */
    record Provider(UUID providerId, long records, Instant since) {}

    /** @param partitions as the overview of the same moment shows them */
    Incomplete report(List<Partition> partitions) {
        Generation live = generations.active();
        List<Concerned> concerned = quarantine.concerned(MOST_CONCERNED);
        Map<UUID, List<UUID>> known = conversations.providers(live.number(), unnamed(concerned));
        Map<UUID, Provider> providers = new HashMap<>();
        long unattributed = 0;
        for (Concerned records : concerned) {
            List<UUID> about = providers(records, known);
            unattributed += about.isEmpty() ? records.records() : 0;
            about.forEach(id ->
                    providers.merge(id, new Provider(id, records.records(), records.since()), IncompleteNumbers::both));
        }
        List<Provider> shown = providers.values().stream()
                .sorted(Comparator.comparing(Provider::since).thenComparing(Provider::providerId))
                .limit(SHOWN)
                .toList();
        return new Incomplete(everybody(live, partitions), providers.size(), shown, unattributed);
    }

    private static List<UUID> providers(Concerned records, Map<UUID, List<UUID>> known) {
        UUID named = records.providerId();
        if (named != null) {
            return List.of(named);
        }
        UUID conversation = records.conversationId();
        return conversation == null ? List.of() : known.getOrDefault(conversation, List.of());
    }

    private static Set<UUID> unnamed(List<Concerned> concerned) {
        Set<UUID> conversations = new HashSet<>();
        concerned.stream()
                .filter(records -> records.providerId() == null)
                .map(Concerned::conversationId)
                .filter(Objects::nonNull)
                .forEach(conversations::add);
        return conversations;
    }

    private static Provider both(Provider one, Provider other) {
        Instant since = one.since().isBefore(other.since()) ? one.since() : other.since();
        return new Provider(one.providerId(), one.records() + other.records(), since);
    }

    private List<String> everybody(Generation live, List<Partition> partitions) {
        List<String> reasons = new ArrayList<>();
        for (Partition partition : partitions) {
            if (partition.problem() != null) {
                reasons.add("Partition " + partition.partition() + " is not read on: " + partition.problem() + ".");
            }
        }
        truncatedAt(live)
                .ifPresent(since -> reasons.add(
                        "The live generation was rebuilt from a topic that holds every" + " record only from " + since
                                + " on: threads that began earlier are measured without their beginning."));
        long full = ignored.totals(live.number()).getOrDefault(IgnoredReason.QUARANTINE_FULL, 0L);
        if (full > 0) {
            reasons.add(full + " records found no room in the quarantine and are only counted.");
        }
        return reasons;
    }

    /** Since when a topic had every record from which the live generation was rebuilt, while the rules can tell. */
    private Optional<Instant> truncatedAt(Generation live) {
        Ruleset rules = live.ruleset();
        Instant needed = clock.instant()
                .minus(rules.maximumAge())
                .minus(rules.horizon())
                .minus(rules.reinquirySilence())
                .minus(rules.longestDeferral());
        boolean accepted = rebuilds.find(live.number())
                .map(rebuild -> rebuild.acceptTruncatedHistory())
                .orElse(false);
        return Optional.of(accepted)
                .filter(truncated -> truncated)
                .flatMap(truncated -> offsets.of(live.number()).values().stream()
                        .map(PartitionPosition::firstAppendedAt)
                        .filter(Objects::nonNull)
                        .max(Comparator.<@Nullable Instant>naturalOrder()))
                .filter(needed::isBefore);
    }
}
