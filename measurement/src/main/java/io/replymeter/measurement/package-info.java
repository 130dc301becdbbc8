/** The rules of measurement, pure: what a conversation's messages say about its provider's responses. */
@NullMarked
package io.replymeter.measurement;

import org.jspecify.annotations.NullMarked;
