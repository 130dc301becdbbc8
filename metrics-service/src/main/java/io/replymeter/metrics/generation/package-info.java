/** The generations: their rules, their life cycles, their tables, and which of them is live. */
@NullMarked
package io.replymeter.metrics.generation;

import org.jspecify.annotations.NullMarked;
