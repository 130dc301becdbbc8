package io.replymeter.local.api;

/** An import request holds something that is no CSV, in whichever of its rows; none of them was imported. */
public final class RowsUnreadable extends Exception {

    RowsUnreadable(String message) {
        super(message);
    }
}
