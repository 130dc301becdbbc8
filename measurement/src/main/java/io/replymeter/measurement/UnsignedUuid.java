package io.replymeter.measurement;

import java.util.Comparator;
import java.util.UUID;

/** The order of UUIDs as unsigned 128-bit numbers (rule 2), as in PostgreSQL. {@link UUID#compareTo} compares signed halves. */
public final class UnsignedUuid {

    public static final Comparator<UUID> ORDER = UnsignedUuid::compare;

    private UnsignedUuid() {}

    public static int compare(UUID a, UUID b) {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    }
}
