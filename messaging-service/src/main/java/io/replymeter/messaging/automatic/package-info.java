/** Providers whose messages look automatic although nobody marked them so. They count as human; operators are told. */
@NullMarked
package io.replymeter.messaging.automatic;

import org.jspecify.annotations.NullMarked;
