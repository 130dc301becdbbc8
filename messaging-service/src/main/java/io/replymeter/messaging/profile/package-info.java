/** Profiles: who somebody is, and, for providers, how quickly and how reliably they answer, in words. */
@NullMarked
package io.replymeter.messaging.profile;

import org.jspecify.annotations.NullMarked;
