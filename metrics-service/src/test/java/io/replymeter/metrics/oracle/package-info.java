/** The rules of measurement a second time, by brute force. Shares no code with the product: it is the independent proof. */
@NullMarked
package io.replymeter.metrics.oracle;

import org.jspecify.annotations.NullMarked;
