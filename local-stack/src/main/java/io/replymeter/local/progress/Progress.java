package io.replymeter.local.progress;

import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a long task is: a bar in a terminal, a plain line every few seconds elsewhere. */
public interface Progress extends AutoCloseable {

    /** @param done more of them are done */
    void advance(long done);

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
            public void advance(long done) {
                bar.stepBy(done);
            }

            @Override
            public void close() {
                bar.close();
            }
        };
    }

    /** Plain lines on the error stream. */
    final class Lines implements Progress {

        private static final long INTERVAL = Duration.ofSeconds(5).toNanos();

        private final String task;
        private final long total;
        private final String unit;
        private long done;
        private long told = System.nanoTime();

        private Lines(String task, long total, String unit) {
            this.task = task;
            this.total = total;
            this.unit = unit;
        }

        @Override
        public void advance(long more) {
            done += more;
            if (System.nanoTime() - told > INTERVAL) {
                told = System.nanoTime();
                tell();
            }
        }

        @Override
        public void close() {
            tell();
        }

        private void tell() {
            System.err.printf("%s: %,d of %,d %s%n", task, done, total, unit);
        }
    }
}
