/** What must be true afterwards, by the topic and by what callers were told; shares no code with the services. */
@NullMarked
package io.replymeter.faults.check;

import org.jspecify.annotations.NullMarked;
