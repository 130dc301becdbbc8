@NullMarked
package io.replymeter.messaging.imports;

import org.jspecify.annotations.NullMarked;
