/** How far a long task is, for people. */
@NullMarked
package io.replymeter.local.progress;

import org.jspecify.annotations.NullMarked;
