/** What users write each other: messages in conversations, sent, read and deleted. */
@NullMarked
package io.replymeter.messaging.conversation;

import org.jspecify.annotations.NullMarked;
