/** What the rebuild commands know of a rebuild, and how they follow it. */
@NullMarked
package io.replymeter.local.rebuild;

import org.jspecify.annotations.NullMarked;
