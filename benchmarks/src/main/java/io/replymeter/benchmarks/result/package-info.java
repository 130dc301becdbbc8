/** What the events have to add up to, by which all variants are checked, and how long each took. */
@NullMarked
package io.replymeter.benchmarks.result;

import org.jspecify.annotations.NullMarked;
