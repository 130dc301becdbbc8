package io.replymeter.benchmarks.probe;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Import;

/** Adds the probe to a service that has this module among its classes. */
@AutoConfiguration
@Import(PrimaryKeyLookup.class)
class ProbeConfiguration {}
