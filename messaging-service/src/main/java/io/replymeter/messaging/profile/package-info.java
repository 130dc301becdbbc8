/** Profiles, which say in words how quickly and how reliably a provider answers. */
@NullMarked
package io.replymeter.messaging.profile;

import org.jspecify.annotations.NullMarked;
