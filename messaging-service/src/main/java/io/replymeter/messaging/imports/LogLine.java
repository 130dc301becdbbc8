package io.replymeter.messaging.imports;

import io.replymeter.messaging.conversation.History.PastMessage;

/** One row of a log with its line number: a message, or the reason why it is not one. */
sealed interface LogLine {

    long line();

    /** A row that could be read. */
    record Parsed(long line, PastMessage message) implements LogLine {}

    /** A row that could not be read, or that cannot be imported. */
    record Rejected(long line, String reason) implements LogLine {}
}
