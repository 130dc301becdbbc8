package io.replymeter.metrics.retention;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param interval how often what has left the window is removed
 * @param step how many conversations one transaction of the clean-up takes
 * @param quarantineRetention how long after its append time a record stays in the quarantine (rule 8)
 */
@ConfigurationProperties("replymeter.upkeep")
record RetentionProperties(
        @DefaultValue("1h") Duration interval,
        @DefaultValue("500") int step,
        @DefaultValue("31d") Duration quarantineRetention) {}
