/** The event contract between the services that write messages and the one that measures them. */
@NullMarked
package io.replymeter.events;

import org.jspecify.annotations.NullMarked;
