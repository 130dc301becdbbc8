/** A campaign of faults: breaks what runs, and looks each time whether anything was lost or counted twice. */
@NullMarked
package io.replymeter.faults;

import org.jspecify.annotations.NullMarked;
