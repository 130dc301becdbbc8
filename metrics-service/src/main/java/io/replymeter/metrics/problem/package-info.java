/** How the API says what went wrong: RFC 9457 problem details. */
@NullMarked
package io.replymeter.metrics.problem;

import org.jspecify.annotations.NullMarked;
