/** Runs inside the measured service: see {@link io.replymeter.benchmarks.probe.PrimaryKeyLookup}. */
@NullMarked
package io.replymeter.benchmarks.probe;

import org.jspecify.annotations.NullMarked;
