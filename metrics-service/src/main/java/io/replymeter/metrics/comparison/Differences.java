package io.replymeter.metrics.comparison;

import static java.util.Objects.requireNonNull;

import io.replymeter.measurement.ResponseMetrics;
import io.replymeter.metrics.comparison.Verification.Compared;
import io.replymeter.metrics.comparison.Verification.Largest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Counts what differs and keeps the first of each kind. Not thread-safe. */
public final class Differences {

    /** How many of each kind are shown in full; all are counted. */
    static final int SHOWN = 100;

    /**
     * A row that is not the same in both sets of tables.
     *
     * @param layer conversation, inquiry or dailyMetrics
     * @param live the live generation's row in words, or "missing"
     * @param rebuilt the row it was compared with, or "missing"
     * @param beganBeforeTopic whether its thread began before the topic's first record, so that no replay can know all of it
     */
    public record RowDifference(String layer, String key, String live, String rebuilt, boolean beganBeforeTopic) {}

    /** @param beganBeforeTopic whether every inquiry of this provider that differs belongs to such a thread */
    public record ProviderDifference(
            UUID providerId, ResponseMetrics live, ResponseMetrics rebuilt, boolean beganBeforeTopic) {}

    private final List<RowDifference> rows = new ArrayList<>();
    private final List<ProviderDifference> providers = new ArrayList<>();
    private final Map<String, Compared> countedRows = new LinkedHashMap<>();
    /** By provider with differing inquiries: whether all of them belong to threads that began before the topic. */
    private final Map<UUID, Boolean> causes = new HashMap<>();

    private Compared countedProviders = Compared.NONE;
    private Largest largest = Largest.NONE;
    private long beganBeforeTopic;

    /** Counts {@code count} rows of {@code layer} as compared. */
    void compared(String layer, long count) {
        countedRows.merge(layer, new Compared(count, 0), Compared::plus);
    }

    void add(RowDifference difference) {
        countedRows.merge(difference.layer(), new Compared(0, 1), Compared::plus);
        if (difference.beganBeforeTopic()) {
            beganBeforeTopic++;
        }
        if (requireNonNull(countedRows.get(difference.layer())).different() <= SHOWN) {
            rows.add(difference);
        }
    }

    void cause(UUID provider, boolean threadBeganBeforeTopic) {
        causes.merge(provider, threadBeganBeforeTopic, Boolean::logicalAnd);
    }

    boolean isCausedBeforeTopic(UUID provider) {
        return causes.getOrDefault(provider, false);
    }

    /** Counts a provider as compared, and as different if its metrics are. */
    void compared(UUID provider, ResponseMetrics live, ResponseMetrics rebuilt) {
        boolean differs = !live.equals(rebuilt);
        countedProviders = countedProviders.plus(new Compared(1, differs ? 1 : 0));
        if (differs) {
            largest = largest.orLargerOf(live, rebuilt);
            if (providers.size() < SHOWN) {
                providers.add(new ProviderDifference(provider, live, rebuilt, isCausedBeforeTopic(provider)));
            }
        }
    }

    List<RowDifference> rows() {
        return rows;
    }

    List<ProviderDifference> providers() {
        return providers;
    }

    Map<String, Compared> countedRows() {
        return countedRows;
    }

    Compared countedProviders() {
        return countedProviders;
    }

    Largest largest() {
        return largest;
    }

    /** How many rows differ, in all layers. */
    long count() {
        return countedRows.values().stream().mapToLong(Compared::different).sum();
    }

    long countBeganBeforeTopic() {
        return beganBeforeTopic;
    }
}
