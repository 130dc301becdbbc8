/** Requests that callers send to a service, and how long their answers take. */
@NullMarked
package io.replymeter.benchmarks.load;

import org.jspecify.annotations.NullMarked;
