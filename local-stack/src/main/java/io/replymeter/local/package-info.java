/** The commands of the launcher. */
@NullMarked
package io.replymeter.local;

import org.jspecify.annotations.NullMarked;
