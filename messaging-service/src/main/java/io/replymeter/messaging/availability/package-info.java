/** When providers answer: their opening hours and absences, and the first moment at which they can answer a message. */
@NullMarked
package io.replymeter.messaging.availability;

import org.jspecify.annotations.NullMarked;
