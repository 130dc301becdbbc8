/** What requests to the services cost, and how soon their effects are visible. */
@NullMarked
package io.replymeter.benchmarks.requests;

import org.jspecify.annotations.NullMarked;
