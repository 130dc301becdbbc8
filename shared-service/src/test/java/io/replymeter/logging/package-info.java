@NullMarked
package io.replymeter.logging;

import org.jspecify.annotations.NullMarked;
