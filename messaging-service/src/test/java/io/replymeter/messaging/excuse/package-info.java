@NullMarked
package io.replymeter.messaging.excuse;

import org.jspecify.annotations.NullMarked;
