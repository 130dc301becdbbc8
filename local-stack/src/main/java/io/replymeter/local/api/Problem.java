package io.replymeter.local.api;

import org.jspecify.annotations.Nullable;

/** A problem document of a service (RFC 9457). */
record Problem(@Nullable String title, @Nullable String detail) {

    String inWords() {
        String what = title == null ? "No reason given" : title;
        return detail == null || detail.isBlank() ? what : what + ": " + detail;
    }
}
