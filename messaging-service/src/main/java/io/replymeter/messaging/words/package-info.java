/** What people read, in their language: one file of words for each, and numbers and durations by the rules of Unicode CLDR. */
@NullMarked
package io.replymeter.messaging.words;

import org.jspecify.annotations.NullMarked;
