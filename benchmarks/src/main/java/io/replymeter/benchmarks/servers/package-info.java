/** The broker, the database and the services that are measured, and what they use. */
@NullMarked
package io.replymeter.benchmarks.servers;

import org.jspecify.annotations.NullMarked;
