/** Reads the topic for every fed generation: one consumer group per generation, one state per partition. */
@NullMarked
package io.replymeter.metrics.consume;

import org.jspecify.annotations.NullMarked;
