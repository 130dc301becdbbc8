/** Starts, stops and recovers the servers and services of one data folder. */
@NullMarked
package io.replymeter.local.stack;

import org.jspecify.annotations.NullMarked;
