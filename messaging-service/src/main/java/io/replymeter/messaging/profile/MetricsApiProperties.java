package io.replymeter.messaging.profile;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where and how the response metrics are read.
 *
 * @param tokenFile holds a bearer token with the scope {@code metrics:read}; without it, no token is sent
 * @param timeBudget for a whole call that a user waits for, from connecting to the last byte
 * @param batchTimeBudget the same for a refresh of up to 100 providers, for which nobody waits
 * @param refreshEvery how old a cached answer gets before it is read again
 */
@ConfigurationProperties("replymeter.metrics-api")
record MetricsApiProperties(
        @DefaultValue("http://localhost:8081") URI url,
        @Nullable Path tokenFile,
        @DefaultValue("300ms") Duration timeBudget,
        @DefaultValue("2s") Duration batchTimeBudget,
        @DefaultValue("1h") Duration refreshEvery) {}
