@NullMarked
package io.replymeter.messaging.team;

import org.jspecify.annotations.NullMarked;
