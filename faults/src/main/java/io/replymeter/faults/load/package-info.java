/** What callers and other producers do meanwhile, and what they were told. */
@NullMarked
package io.replymeter.faults.load;

import org.jspecify.annotations.NullMarked;
