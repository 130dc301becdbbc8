/** What each event costs in the pure functions that it passes through, by JMH. */
@NullMarked
package io.replymeter.benchmarks.hotpath;

import org.jspecify.annotations.NullMarked;
