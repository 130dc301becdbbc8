/** The commands of the launcher: everything on one machine, without Docker. */
@NullMarked
package io.replymeter.local;

import org.jspecify.annotations.NullMarked;
