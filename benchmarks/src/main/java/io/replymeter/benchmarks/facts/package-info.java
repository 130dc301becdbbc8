/** Which form of keeping facts is cheapest? The measurement behind the layout of the conversation table. */
@NullMarked
package io.replymeter.benchmarks.facts;

import org.jspecify.annotations.NullMarked;
