package io.replymeter.events;

/**
 * The event is not written in the canonical form, so that {@link StreamingDecoder} leaves it to {@link EventCodec}. It is
 * thrown often and caught at once, and has no stack trace.
 */
@SuppressWarnings("serial")
final class NonCanonicalEvent extends RuntimeException {

    static final NonCanonicalEvent INSTANCE = new NonCanonicalEvent();

    private NonCanonicalEvent() {
        super(null, null, false, false);
    }

    static void unless(boolean canonical) {
        if (!canonical) {
            throw INSTANCE;
        }
    }
}
