@NullMarked
package io.replymeter.messaging.availability;

import org.jspecify.annotations.NullMarked;
