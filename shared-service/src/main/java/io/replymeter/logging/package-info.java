/** How both services log the errors of work that they try again. */
@NullMarked
package io.replymeter.logging;

import org.jspecify.annotations.NullMarked;
