/** Imports message logs from files. */
@NullMarked
package io.replymeter.local.imports;

import org.jspecify.annotations.NullMarked;
