/** The tests' Kafka and PostgreSQL in containers; on their class path with the profile {@code containers} alone. */
@NullMarked
package io.replymeter.containers;

import org.jspecify.annotations.NullMarked;
