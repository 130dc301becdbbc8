package io.replymeter.events;

/** Who somebody is to the marketplace. Only messages between a client and a provider are measured. */
public enum Role {
    CLIENT,
    PROVIDER,
    ADMIN,

    /** Any role that this version of the contract does not name. */
    OTHER;

    /** The role that an event names. */
    static Role named(String name) {
        return switch (name) {
            case "CLIENT" -> CLIENT;
            case "PROVIDER" -> PROVIDER;
            case "ADMIN" -> ADMIN;
            default -> OTHER;
        };
    }
}
