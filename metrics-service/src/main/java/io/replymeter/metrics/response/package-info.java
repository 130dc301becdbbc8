/** The rules of measurement, pure: what a conversation's messages say about its provider's responses. */
@NullMarked
package io.replymeter.metrics.response;

import org.jspecify.annotations.NullMarked;
