/** Keeps the tables small, and checks each layer against the one below. */
@NullMarked
package io.replymeter.metrics.upkeep;

import org.jspecify.annotations.NullMarked;
