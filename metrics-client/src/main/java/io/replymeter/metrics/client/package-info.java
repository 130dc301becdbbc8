/** A client of the metrics API. */
@NullMarked
package io.replymeter.metrics.client;

import org.jspecify.annotations.NullMarked;
