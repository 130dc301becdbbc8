package io.replymeter.events;

/** The role of a user in the marketplace. Only messages between a client and a provider are measured. */
public enum Role {
    CLIENT,
    PROVIDER,
    ADMIN,

    /** A role that this version of the contract does not have. */
    OTHER;

    /** The role with this name in an event. */
    static Role named(String name) {
        return switch (name) {
            case "CLIENT" -> CLIENT;
            case "PROVIDER" -> PROVIDER;
            case "ADMIN" -> ADMIN;
            default -> OTHER;
        };
    }
}
