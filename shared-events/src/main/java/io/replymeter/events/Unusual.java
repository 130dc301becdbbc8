package io.replymeter.events;

/** What {@link StreamingDecoder} leaves to {@link EventCodec}. Thrown often and caught at once, so without a stack trace. */
@SuppressWarnings("serial")
final class Unusual extends RuntimeException {

    static final Unusual HERE = new Unusual();

    private Unusual() {
        super(null, null, false, false);
    }

    static void unless(boolean usual) {
        if (!usual) {
            throw HERE;
        }
    }
}
