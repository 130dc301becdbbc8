@NullMarked
package io.replymeter.messaging.erasure;

import org.jspecify.annotations.NullMarked;
