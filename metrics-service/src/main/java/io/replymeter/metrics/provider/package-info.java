/** A provider's response metrics, to be read. */
@NullMarked
package io.replymeter.metrics.provider;

import org.jspecify.annotations.NullMarked;
