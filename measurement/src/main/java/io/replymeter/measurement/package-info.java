/** The rules of measurement as pure functions: from a conversation's messages to inquiries, outcomes and sums. */
@NullMarked
package io.replymeter.measurement;

import org.jspecify.annotations.NullMarked;
