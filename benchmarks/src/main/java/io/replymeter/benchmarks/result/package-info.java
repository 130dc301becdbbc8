/** What a measurement ends in: numbers that must agree, and times. */
@NullMarked
package io.replymeter.benchmarks.result;

import org.jspecify.annotations.NullMarked;
