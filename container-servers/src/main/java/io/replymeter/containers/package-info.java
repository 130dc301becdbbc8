/** Runs the Kafka and PostgreSQL of the tests in containers. It is on their class path only with {@code -Pcontainers}. */
@NullMarked
package io.replymeter.containers;

import org.jspecify.annotations.NullMarked;
