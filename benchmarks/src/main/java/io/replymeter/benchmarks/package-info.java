/** How fast Replymeter is, measured together with what one would use instead. */
@NullMarked
package io.replymeter.benchmarks;

import org.jspecify.annotations.NullMarked;
