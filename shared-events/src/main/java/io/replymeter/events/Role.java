package io.replymeter.events;

/** Who somebody is to the marketplace. Only messages between a client and a provider are measured. */
public enum Role {
    CLIENT,
    PROVIDER,
    ADMIN,

    /** Any role that this version of the contract does not name. */
    OTHER
}
