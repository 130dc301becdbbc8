/** The tables of a generation: one class per table holds its SQL and its row mapping. */
@NullMarked
package io.replymeter.metrics.tables;

import org.jspecify.annotations.NullMarked;
