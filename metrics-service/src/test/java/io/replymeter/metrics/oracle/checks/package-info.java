/** Checks the oracle by examples worked out by hand, and the service by the same examples and by the oracle. */
@NullMarked
package io.replymeter.metrics.oracle.checks;

import org.jspecify.annotations.NullMarked;
