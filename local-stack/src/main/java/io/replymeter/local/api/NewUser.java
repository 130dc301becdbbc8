package io.replymeter.local.api;

import java.util.UUID;

/** A user to create. */
public record NewUser(UUID id, Role role, String displayName) {

    /** As the services name them. */
    public enum Role {
        CLIENT,
        PROVIDER
    }
}
