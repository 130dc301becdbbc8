/** The people of the marketplace: clients, providers and admins. */
@NullMarked
package io.replymeter.messaging.user;

import org.jspecify.annotations.NullMarked;
