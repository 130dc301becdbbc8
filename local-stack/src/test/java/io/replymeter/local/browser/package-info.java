/** A real browser for tests of pages. */
@NullMarked
package io.replymeter.local.browser;

import org.jspecify.annotations.NullMarked;
