package io.replymeter.logging;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.springframework.core.NestedExceptionUtils;

/**
 * Logs the errors of work that is tried again and again. A database, broker or network that is away, or busy, is one line at WARN
 * with the root cause. Anything else is unexpected and comes with its stack trace at ERROR. Errors of one kind (the same
 * work, exception and place in the code) are logged once a minute at most. Thread-safe.
 */
public final class ErrorLog {

    private static final long ONCE_PER_NANOS = Duration.ofMinutes(1).toNanos();

    private record Kind(
            String what, Class<?> error, @Nullable StackTraceElement thrownAt) {}

    private final Logger log;
    private final LongSupplier nanoTime;
    private final Map<Kind, Long> logged = new HashMap<>();

    public ErrorLog(Logger log) {
        this(log, System::nanoTime);
    }

    ErrorLog(Logger log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
    }

    /** @param what the work that failed and what happens next, as a sentence without its full stop */
    public void report(String what, Throwable error) {
        if (!isDue(kind(what, error))) {
            return;
        }
        if (isExpected(error)) {
            log.warn(
                    "{}: {}",
                    what,
                    NestedExceptionUtils.getMostSpecificCause(error).toString());
        } else {
            log.error(what, error);
        }
    }

    private synchronized boolean isDue(Kind kind) {
        long now = nanoTime.getAsLong();
        logged.values().removeIf(at -> now - at >= ONCE_PER_NANOS);
        return logged.putIfAbsent(kind, now) == null;
    }

    private static Kind kind(String what, Throwable error) {
        StackTraceElement[] stack = error.getStackTrace();
        return new Kind(what, error.getClass(), stack.length == 0 ? null : stack[0]);
    }

    private static boolean isExpected(Throwable error) {
        if (DatabaseAway.isBehind(error)) {
            return true;
        }
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof KafkaException || cause instanceof IOException || cause instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }
}
