/** Teams: the users who answer for a provider's account beside the account itself. */
@NullMarked
package io.replymeter.messaging.team;

import org.jspecify.annotations.NullMarked;
