/** Message logs from elsewhere, taken over with their ids and times. */
@NullMarked
package io.replymeter.messaging.imports;

import org.jspecify.annotations.NullMarked;
