/**
 * Compares the live generation's tables with rebuilt ones: with a generation that was rebuilt from the topic, or with
 * temporary tables that were rebuilt from the live layer below (the integrity check).
 */
@NullMarked
package io.replymeter.metrics.comparison;

import org.jspecify.annotations.NullMarked;
