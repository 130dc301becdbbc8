package io.replymeter.local.api;

/** One of the rows in an import request is not CSV. None of the rows was imported. */
public final class RowsUnreadable extends Exception {

    RowsUnreadable(String message) {
        super(message);
    }
}
