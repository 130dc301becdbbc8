package io.replymeter.messaging.imports;

import io.replymeter.web.Problem;
import org.springframework.http.HttpStatus;

/** Why a log was refused as a whole. */
final class ImportProblems {

    private ImportProblems() {}

    static Problem unreadable(String what) {
        return new Problem(
                HttpStatus.BAD_REQUEST,
                "unreadable-log",
                "The log could not be read",
                "Nothing was imported: " + what + ". Send CSV (RFC 4180, UTF-8) with the header line "
                        + String.join(",", LogRow.REQUIRED) + ".");
    }

    static Problem tooLong() {
        return new Problem(
                HttpStatus.CONTENT_TOO_LARGE,
                "too-many-rows",
                "The log has too many rows for one request",
                "Nothing was imported: send at most " + LogReader.MAXIMUM_ROWS
                        + " rows at a time, each part with the header line, and its first line number in firstLine.");
    }
}
