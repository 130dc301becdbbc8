/** What one would use instead of Replymeter: each a program of its own that works off the same backlog. */
@NullMarked
package io.replymeter.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
