/** A real Kafka broker and a real PostgreSQL as child processes, for the local stack and for tests. */
@NullMarked
package io.replymeter.embedded;

import org.jspecify.annotations.NullMarked;
