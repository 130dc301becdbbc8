package io.replymeter.local.rebuild;

import io.replymeter.local.api.RebuildsApi;
import io.replymeter.local.api.ServiceAway;
import io.replymeter.local.progress.Progress;
import io.replymeter.local.stack.CannotContinue;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Follows a rebuild until it waits for the operator or has ended. The rebuild does not depend on being watched. */
public final class Watch {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final RebuildsApi api;
    private final int generation;
    private final Consumer<String> say;

    private String lastLine = "";
    private @Nullable Progress progress;
    private long done;

    /** @param say takes a line whenever the state or its reason changes */
    public Watch(RebuildsApi api, int generation, Consumer<String> say) {
        this.api = api;
        this.generation = generation;
        this.say = say;
    }

    /** @throws ServiceAway when no instance answers for 2 minutes */
    public Rebuild untilItWaitsOrEnds() {
        try {
            Rebuild rebuild = ask();
            while (rebuild.isUnderWay()) {
                show(rebuild);
                pause();
                rebuild = ask();
            }
            return rebuild;
        } finally {
            endProgress();
        }
    }

    private Rebuild ask() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return new Rebuild(api.get(generation));
            } catch (ServiceAway e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                pause();
            }
        }
    }

    private void show(Rebuild rebuild) {
        JsonNode replay = rebuild.state().equals("REPLAYING") ? rebuild.progress() : null;
        if (replay == null) {
            endProgress();
        } else {
            advance(replay);
        }
        String line = "Generation " + generation + ": " + rebuild.state()
                + (rebuild.reason().isEmpty() ? "" : " (" + rebuild.reason() + ")");
        if (!line.equals(lastLine)) {
            lastLine = line;
            say.accept(line);
        }
    }

    private void advance(JsonNode replay) {
        if (progress == null) {
            progress = Progress.of("Replaying", replay.path("total").asLong(), "events");
            done = 0;
        }
        progress.advance(replay.path("done").asLong() - done);
        done = replay.path("done").asLong();
    }

    private void endProgress() {
        if (progress != null) {
            progress.close();
            progress = null;
        }
    }

    private static void pause() {
        try {
            // The service cannot call back, so it is asked again.
            Thread.sleep(INTERVAL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotContinue("Interrupted while watching; the rebuild continues.", e);
        }
    }
}
