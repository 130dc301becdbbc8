package io.replymeter.metrics.log;

import java.util.Map;

/** A batch would pass a barrier: it must have no effect, but what lies below the barrier may be applied. */
public final class BarrierAhead extends RuntimeException {

    private final transient Map<Integer, Long> barriers;

    BarrierAhead(Map<Integer, Long> barriers) {
        super("Two generations are being aligned: reading is held at " + barriers);
        this.barriers = Map.copyOf(barriers);
    }

    /** By partition, the first offset that must not be applied yet. */
    public Map<Integer, Long> barriers() {
        return barriers;
    }
}
