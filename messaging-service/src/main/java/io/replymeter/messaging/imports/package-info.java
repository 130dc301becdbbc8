/** Imports of message logs from elsewhere, with their ids and times. */
@NullMarked
package io.replymeter.messaging.imports;

import org.jspecify.annotations.NullMarked;
