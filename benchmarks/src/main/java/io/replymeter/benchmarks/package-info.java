/** How fast Replymeter is, measured beside what one would use instead. */
@NullMarked
package io.replymeter.benchmarks;

import org.jspecify.annotations.NullMarked;
