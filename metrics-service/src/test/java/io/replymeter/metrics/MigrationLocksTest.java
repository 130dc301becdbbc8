package io.replymeter.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.jdbc.Migration;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Instances of the release before go on while a migration runs. */
class MigrationLocksTest {

    /** Those that may have more than a million rows. */
    private static final Set<String> BIG_TABLES = Set.of("quarantine", "conversation", "inquiry", "daily_metrics");

    @Test
    void noMigrationKeepsWritersOfABigTableWaiting() throws IOException {
        assertThat(Migration.all())
                .isNotEmpty()
                .flatExtracting(migration -> migration.faults(BIG_TABLES))
                .isEmpty();
    }
}
