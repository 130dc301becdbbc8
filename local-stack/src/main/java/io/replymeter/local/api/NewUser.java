package io.replymeter.local.api;

import java.util.UUID;

/** A user to create. */
public record NewUser(UUID id, Role role, String displayName) {

    /** The role of a user, named as in the services. */
    public enum Role {
        CLIENT,
        PROVIDER
    }
}
