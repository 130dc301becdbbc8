/** The commands that rebuild the metrics from the log, over the ops API. */
@NullMarked
package io.replymeter.local.rebuild;

import org.jspecify.annotations.NullMarked;
