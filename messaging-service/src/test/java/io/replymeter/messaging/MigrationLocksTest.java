package io.replymeter.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.jdbc.Migration;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Instances of the release before go on while a migration runs. */
class MigrationLocksTest {

    /** Those that may have more than a million rows. */
    private static final Set<String> BIG_TABLES =
            Set.of("users", "conversations", "messages", "idempotency_keys", "stale_response_metrics", "outbox");

    @Test
    void noMigrationKeepsWritersOfABigTableWaiting() throws IOException {
        assertThat(Migration.all())
                .isNotEmpty()
                .flatExtracting(migration -> migration.faults(BIG_TABLES))
                .isEmpty();
    }
}
