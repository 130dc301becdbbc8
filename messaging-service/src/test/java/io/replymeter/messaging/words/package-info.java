@NullMarked
package io.replymeter.messaging.words;

import org.jspecify.annotations.NullMarked;
