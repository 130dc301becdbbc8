/** How fast a backlog is worked off. */
@NullMarked
package io.replymeter.benchmarks.catchup;

import org.jspecify.annotations.NullMarked;
