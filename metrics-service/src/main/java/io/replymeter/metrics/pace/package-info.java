/** How fast a replay may go without readers and the live generation suffering. */
@NullMarked
package io.replymeter.metrics.pace;

import org.jspecify.annotations.NullMarked;
