/** The metrics service's application. */
@NullMarked
package io.replymeter.metrics;

import org.jspecify.annotations.NullMarked;
