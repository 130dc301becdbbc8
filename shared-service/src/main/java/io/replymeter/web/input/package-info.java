/** Input is taken literally: what the API does not describe is refused, never guessed. */
@NullMarked
package io.replymeter.web.input;

import org.jspecify.annotations.NullMarked;
