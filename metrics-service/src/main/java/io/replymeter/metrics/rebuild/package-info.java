/** Another generation is built beside the live one, compared with it, switched to, and back if need be. */
@NullMarked
package io.replymeter.metrics.rebuild;

import org.jspecify.annotations.NullMarked;
