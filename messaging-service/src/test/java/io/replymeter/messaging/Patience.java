package io.replymeter.messaging;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets waits take as long as a busy machine needs. It costs nothing when all is well, since every wait ends at once. */
public final class Patience implements BeforeAllCallback {

    /** How long a test waits for what has to happen. */
    public static final Duration LIMIT = Duration.ofMinutes(5);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(LIMIT);
    }
}
