@NullMarked
package io.replymeter.messaging.automatic;

import org.jspecify.annotations.NullMarked;
