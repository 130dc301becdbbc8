/** Message logs brought in from files. */
@NullMarked
package io.replymeter.local.imports;

import org.jspecify.annotations.NullMarked;
