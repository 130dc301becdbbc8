/** What one would use instead of Replymeter. Each is a separate program that works off the same backlog. */
@NullMarked
package io.replymeter.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
