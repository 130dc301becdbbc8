package io.replymeter.messaging.imports;

import io.replymeter.messaging.web.Problem;
import org.springframework.http.HttpStatus;

/** A log of which nothing was taken over. */
final class RefusedLog extends Problem {

    private RefusedLog(HttpStatus status, String name, String title, String detail) {
        super(status, name, title, detail);
    }

    static RefusedLog unreadable(String what) {
        return new RefusedLog(
                HttpStatus.BAD_REQUEST,
                "unreadable-log",
                "The log could not be read",
                "Nothing was imported: " + what + ". Send CSV (RFC 4180, UTF-8) with the header line "
                        + String.join(",", LogReader.COLUMNS) + ".");
    }

    static RefusedLog tooLong() {
        return new RefusedLog(
                HttpStatus.CONTENT_TOO_LARGE,
                "too-many-rows",
                "The log has too many rows for one request",
                "Nothing was imported: send at most " + LogReader.MAXIMUM_ROWS
                        + " rows at a time, each part with the header line, and say in firstLine where it begins.");
    }
}
