/** Deletes what has left the window. */
@NullMarked
package io.replymeter.metrics.retention;

import org.jspecify.annotations.NullMarked;
