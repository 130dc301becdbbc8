/** The rules of measurement once more, by brute force, and adversarial logs to hold the service against them. */
@NullMarked
package io.replymeter.metrics.oracle;

import org.jspecify.annotations.NullMarked;
