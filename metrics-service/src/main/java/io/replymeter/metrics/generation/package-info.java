/** Which set of derived tables is live, and under which rules each one stands. */
@NullMarked
package io.replymeter.metrics.generation;

import org.jspecify.annotations.NullMarked;
