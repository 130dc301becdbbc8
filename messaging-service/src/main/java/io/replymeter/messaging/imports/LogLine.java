package io.replymeter.messaging.imports;

import io.replymeter.messaging.conversation.PastMessage;

/** One row of a log, at its line: a message, or why it is none. */
sealed interface LogLine {

    long line();

    /** A row that could be read. */
    record Parsed(long line, PastMessage message) implements LogLine {}

    /** A row that could not, or may not be taken over. */
    record Rejected(long line, String reason) implements LogLine {}
}
