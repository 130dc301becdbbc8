/** A realistic sample marketplace, the same for the same seed. */
@NullMarked
package io.replymeter.local.demo;

import org.jspecify.annotations.NullMarked;
