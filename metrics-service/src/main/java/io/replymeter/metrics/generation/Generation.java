package io.replymeter.metrics.generation;

import io.replymeter.metrics.response.Ruleset;

/** One complete set of derived tables under one set of rules; {@code number} is from 1 to 32,767. */
public record Generation(int number, Ruleset ruleset) {}
