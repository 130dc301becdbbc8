/** The whole stack with its real parts, driven over HTTP. */
@NullMarked
package io.replymeter.local.e2e;

import org.jspecify.annotations.NullMarked;
