package io.replymeter.web.input;

import java.util.UUID;

/** Ids as callers write them. */
public final class CanonicalUuid {

    private CanonicalUuid() {}

    /**
     * The id that {@code text} spells with all 36 characters, in upper or lower case.
     *
     * @throws IllegalArgumentException for anything else; {@link UUID#fromString} also takes 1-1-1-1-1 and misplaced hyphens
     */
    public static UUID parse(String text) {
        UUID id = UUID.fromString(text);
        if (!id.toString().equalsIgnoreCase(text)) {
            throw new IllegalArgumentException("not a canonical UUID");
        }
        return id;
    }
}
