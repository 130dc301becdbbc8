/** Runs a real Kafka broker and a real PostgreSQL for the local stack and for tests. */
@NullMarked
package io.replymeter.embedded;

import org.jspecify.annotations.NullMarked;
