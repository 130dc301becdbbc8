package io.replymeter.benchmarks.workload;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.UUID;

/** The providers of a marketplace: the n-th gets 1/n of what the first one gets (Zipf). */
final class Providers {

    /**
     * How a provider answers.
     *
     * @param medianMinutes the median of the response times, which are distributed log-normally
     * @param silent the share of inquiries that get no answer
     * @param automatic the share of inquiries that get an automatic reply
     */
    record Provider(UUID id, double medianMinutes, double silent, double automatic) {}

    private final Provider[] providers;
    private final double[] shares;

    Providers(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        providers = new Provider[count];
        shares = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            providers[i] = new Provider(
                    Workload.id(random),
                    45 * Math.exp(random.nextGaussian()),
                    random.nextDouble() * 0.3,
                    random.nextInt(10) == 0 ? 0.8 : 0);
            sum += 1.0 / (i + 1);
            shares[i] = sum;
        }
    }

    Provider any(SplittableRandom random) {
        double at = random.nextDouble() * shares[shares.length - 1];
        int found = Arrays.binarySearch(shares, at);
        return providers[found < 0 ? -found - 1 : found];
    }
}
