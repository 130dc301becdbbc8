/** Compares two sets of a generation's tables: rebuilt with live, or stored with what the layer below derives. */
@NullMarked
package io.replymeter.metrics.comparison;

import org.jspecify.annotations.NullMarked;
