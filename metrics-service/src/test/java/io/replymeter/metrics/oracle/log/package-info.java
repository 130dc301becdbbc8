/** Logs to measure: written by hand, generated to break the rules at their limits, or real. */
@NullMarked
package io.replymeter.metrics.oracle.log;

import org.jspecify.annotations.NullMarked;
