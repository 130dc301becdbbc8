/** Inquiries that need no answer, or cannot get one: they do not count against the provider (rule 5). */
@NullMarked
package io.replymeter.messaging.excuse;

import org.jspecify.annotations.NullMarked;
