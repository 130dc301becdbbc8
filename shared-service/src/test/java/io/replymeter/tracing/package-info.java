@NullMarked
package io.replymeter.tracing;

import org.jspecify.annotations.NullMarked;
