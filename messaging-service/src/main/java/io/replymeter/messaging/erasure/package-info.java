/** Erasing people: what they said and were called, here and, by events, wherever it was counted (rule 8). */
@NullMarked
package io.replymeter.messaging.erasure;

import org.jspecify.annotations.NullMarked;
