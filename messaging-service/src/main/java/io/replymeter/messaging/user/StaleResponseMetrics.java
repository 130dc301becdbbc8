package io.replymeter.messaging.user;

import io.replymeter.jdbc.Pipeline;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** Marks the providers whose cached response metrics are out of date. Thread-safe. */
@Repository
public class StaleResponseMetrics {

    private static final String MARK =
            "INSERT INTO stale_response_metrics (provider_id) SELECT unnest(:providers::uuid[])";

    private static final String MARK_ONE = "INSERT INTO stale_response_metrics (provider_id) VALUES (:provider)";

    private final JdbcClient jdbc;

    public StaleResponseMetrics(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Asks for the cached metrics of these providers to be refreshed within seconds of the commit. Call it in the
     * transaction of the message that changes them; it takes no lock that another message could wait for. The id of
     * anybody who is not a provider is ignored.
     */
    public void mark(Collection<UUID> providerIds) {
        jdbc.sql(MARK)
                .param("providers", new SqlArrayValue("uuid", providerIds.toArray()))
                .update();
    }

    /** The same for one provider, when the pipeline runs. */
    public void mark(Pipeline pipeline, UUID providerId) {
        pipeline.update(MARK_ONE, Map.of("provider", providerId));
    }
}
