/** The HTTP boundary: who may call what, and how the API describes itself. */
@NullMarked
package io.replymeter.metrics.web;

import org.jspecify.annotations.NullMarked;
