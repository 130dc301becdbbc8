package io.replymeter.metrics.rebuild;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param databaseCapacity how large the database may grow; null: the free space of its disk, where that can be seen
 * @param verificationValidFor how long a switch trusts a comparison
 */
@ConfigurationProperties("replymeter.rebuild")
record RebuildProperties(
        @Nullable DataSize databaseCapacity,
        @DefaultValue("1h") Duration verificationValidFor) {}
