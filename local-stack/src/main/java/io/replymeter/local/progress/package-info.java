/** Shows people how far a long task has come. */
@NullMarked
package io.replymeter.local.progress;

import org.jspecify.annotations.NullMarked;
