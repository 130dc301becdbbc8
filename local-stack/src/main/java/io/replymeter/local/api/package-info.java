/** The HTTP calls that the launcher makes to a running stack. */
@NullMarked
package io.replymeter.local.api;

import org.jspecify.annotations.NullMarked;
