/** Broker, PostgreSQL and two instances of each service, which can be killed, frozen and cut off. */
@NullMarked
package io.replymeter.faults.stack;

import org.jspecify.annotations.NullMarked;
