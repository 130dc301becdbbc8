@NullMarked
package io.replymeter.messaging.user;

import org.jspecify.annotations.NullMarked;
