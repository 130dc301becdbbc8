/** Generated histories of a marketplace, and topics that hold them. */
@NullMarked
package io.replymeter.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
