/** What requests to the services cost, and how soon what they change is seen. */
@NullMarked
package io.replymeter.benchmarks.requests;

import org.jspecify.annotations.NullMarked;
