/** Builds another generation beside the live one, compares the two, and switches readers to it and back. */
@NullMarked
package io.replymeter.metrics.rebuild;

import org.jspecify.annotations.NullMarked;
