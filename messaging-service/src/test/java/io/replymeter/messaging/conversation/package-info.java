@NullMarked
package io.replymeter.messaging.conversation;

import org.jspecify.annotations.NullMarked;
