/** What goes wrong between processes and within them, for tests that bring it about. */
@NullMarked
package io.replymeter.embedded.faults;

import org.jspecify.annotations.NullMarked;
