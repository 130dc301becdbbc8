package io.replymeter.messaging.profile;

/** A response rate as whole percent, rounded half up; "100%" and "0%" only when exact ("In words", criterion 1.2). */
final class RateInWords {

    private RateInWords() {}

    /**
     * Takes the counts, since a percentage that was rounded before no longer tells whether it was exact.
     *
     * @throws IllegalArgumentException unless 0 ≤ answered ≤ sampleSize and 0 &lt; sampleSize
     */
    static String of(long answered, long sampleSize) {
        if (sampleSize <= 0 || answered < 0 || answered > sampleSize) {
            throw new IllegalArgumentException(answered + " of " + sampleSize + " is no rate");
        }
        return percent(answered, sampleSize) + "%";
    }

    private static long percent(long answered, long sampleSize) {
        if (answered == 0 || answered == sampleSize) {
            return answered == 0 ? 0 : 100;
        }
        long rounded = (200 * answered + sampleSize) / (2 * sampleSize);
        return Math.min(Math.max(rounded, 1), 99);
    }
}
