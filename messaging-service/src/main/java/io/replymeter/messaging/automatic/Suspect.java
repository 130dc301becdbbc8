package io.replymeter.messaging.automatic;

import java.time.Instant;
import java.util.UUID;

/**
 * A provider who looks automatic.
 *
 * @param quickAnswers in how many conversations of the last hour; 0 if in no more than usual, and those beyond 100 are not
 *     counted
 * @param steadyMessages how often in a row in one conversation just under a day after the time before; 0 if not unusually often
 * @param latest when the latest of these was sent
 */
record Suspect(UUID providerId, int quickAnswers, int steadyMessages, Instant latest) {

    /** The same provider, suspected for both reasons. */
    Suspect and(Suspect other) {
        return new Suspect(
                providerId,
                Math.max(quickAnswers, other.quickAnswers),
                Math.max(steadyMessages, other.steadyMessages),
                latest.isAfter(other.latest) ? latest : other.latest);
    }
}
