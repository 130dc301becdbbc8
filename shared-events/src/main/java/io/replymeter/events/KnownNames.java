package io.replymeter.events;

/** Reads enums whose unknown names are {@code OTHER}. */
final class KnownNames {

    private KnownNames() {}

    /**
     * The constant of {@code other}'s enum with this name in an event. A known name in another case is refused: taken for
     * unknown, nothing that an integration sends would be measured.
     *
     * @param other what an unknown name means
     * @throws IllegalArgumentException when it is a known name in another case
     */
    static <E extends Enum<E>> E read(String field, String name, E other) {
        E[] constants = other.getDeclaringClass().getEnumConstants();
        for (E constant : constants) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        for (E constant : constants) {
            if (constant != other && constant.name().equalsIgnoreCase(name)) {
                throw new IllegalArgumentException(field + " is not in upper case: write " + constant);
            }
        }
        return other;
    }
}
