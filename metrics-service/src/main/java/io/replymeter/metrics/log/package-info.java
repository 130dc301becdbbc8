/** The topic itself, how far each generation has read it, and so up to when everything sent is in the metrics. */
@NullMarked
package io.replymeter.metrics.log;

import org.jspecify.annotations.NullMarked;
