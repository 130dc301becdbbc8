@NullMarked
package io.replymeter.messaging.profile;

import org.jspecify.annotations.NullMarked;
