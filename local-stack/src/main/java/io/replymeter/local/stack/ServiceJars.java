package io.replymeter.local.stack;

import java.nio.file.Path;

/** The executable jars of both services. */
public record ServiceJars(Path messaging, Path metrics) {}
