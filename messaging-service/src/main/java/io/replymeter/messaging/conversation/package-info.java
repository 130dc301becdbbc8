/** Conversations and their messages: sent, read and deleted by users, or imported. */
@NullMarked
package io.replymeter.messaging.conversation;

import org.jspecify.annotations.NullMarked;
