package io.replymeter.metrics.comparison;

import static java.util.Objects.requireNonNull;

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
     * A row that is not the same in both generations.
     *
     * @param layer conversation, inquiry or dailyMetrics
     * @param live the live generation's row in words, or "missing"
     * @param beganBeforeTopic whether its thread began before the topic's first record, so that no replay can know it whole
     */
    public record RowDifference(String layer, String key, String live, String rebuilt, boolean beganBeforeTopic) {}

    /** @param beganBeforeTopic whether every inquiry of this provider that differs is of such a thread */
    public record ProviderDifference(
            UUID providerId, ProviderNumbers live, ProviderNumbers rebuilt, boolean beganBeforeTopic) {}

    private final List<RowDifference> rows = new ArrayList<>();
    private final List<ProviderDifference> providers = new ArrayList<>();
    private final Map<String, Compared> counts = new LinkedHashMap<>();
    /** By provider with differing inquiries: whether all of them are of threads that began before the topic. */
    private final Map<UUID, Boolean> causes = new HashMap<>();

    private Largest largest = Largest.NONE;
    private long comparedProviders;
    private long differentProviders;
    private long differences;
    private long beganBeforeTopic;

    void add(RowDifference difference) {
        differences++;
        counts.merge(difference.layer(), new Compared(0, 1), Differences::sum);
        if (difference.beganBeforeTopic()) {
            beganBeforeTopic++;
        }
        if (requireNonNull(counts.get(difference.layer())).different() <= SHOWN) {
            rows.add(difference);
        }
    }

    /** Rows of a layer that were compared. */
    void compared(String layer, long rowsCompared) {
        counts.merge(layer, new Compared(rowsCompared, 0), Differences::sum);
    }

    private static Compared sum(Compared one, Compared other) {
        return new Compared(one.compared() + other.compared(), one.different() + other.different());
    }

    void cause(UUID provider, boolean threadBeganBeforeTopic) {
        causes.merge(provider, threadBeganBeforeTopic, Boolean::logicalAnd);
    }

    boolean isCausedBeforeTopic(UUID provider) {
        return causes.getOrDefault(provider, false);
    }

    void comparedProvider() {
        comparedProviders++;
    }

    void add(UUID provider, ProviderNumbers live, ProviderNumbers rebuilt) {
        differentProviders++;
        largest = live.largest(rebuilt, largest);
        if (providers.size() < SHOWN) {
            providers.add(new ProviderDifference(provider, live, rebuilt, isCausedBeforeTopic(provider)));
        }
    }

    List<RowDifference> rows() {
        return rows;
    }

    List<ProviderDifference> providers() {
        return providers;
    }

    Map<String, Compared> counts() {
        return counts;
    }

    Compared countedProviders() {
        return new Compared(comparedProviders, differentProviders);
    }

    Largest largest() {
        return largest;
    }

    long count() {
        return differences;
    }

    long countBeganBeforeTopic() {
        return beganBeforeTopic;
    }
}
