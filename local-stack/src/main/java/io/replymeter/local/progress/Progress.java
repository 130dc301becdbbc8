package io.replymeter.local.progress;

import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far a long task has come: as a bar in a terminal, elsewhere as a plain line every 5 seconds. */
public interface Progress extends AutoCloseable {

    /** @param more how many were done since the last call */
    void advance(long more);

    @Override
    void close();

    static Progress of(String task, long total, String unit) {
        return Boolean.getBoolean("replymeter.terminal") ? bar(task, total, unit) : new Lines(task, total, unit);
    }

    private static Progress bar(String task, long total, String unit) {
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setUnit(" " + unit, 1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .build();
        return new Progress() {
            @Override
            public void advance(long more) {
                bar.stepBy(more);
            }

            @Override
            public void close() {
                bar.close();
            }
        };
    }

    /** Prints plain lines to the error stream. */
    final class Lines implements Progress {

        private static final long INTERVAL = Duration.ofSeconds(5).toNanos();

        private final String task;
        private final long total;
        private final String unit;
        private long done;
        private long lastPrinted = System.nanoTime();

        private Lines(String task, long total, String unit) {
            this.task = task;
            this.total = total;
            this.unit = unit;
        }

        @Override
        public void advance(long more) {
            done += more;
            if (System.nanoTime() - lastPrinted > INTERVAL) {
                lastPrinted = System.nanoTime();
                print();
            }
        }

        @Override
        public void close() {
            print();
        }

        private void print() {
            System.err.printf("%s: %,d of %,d %s%n", task, done, total, unit);
        }
    }
}
