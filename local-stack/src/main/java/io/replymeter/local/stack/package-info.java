/** The servers and services of one data folder: how they start, stop and recover. */
@NullMarked
package io.replymeter.local.stack;

import org.jspecify.annotations.NullMarked;
