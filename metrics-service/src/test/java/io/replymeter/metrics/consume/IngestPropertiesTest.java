package io.replymeter.metrics.consume;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class IngestPropertiesTest {

    private final IngestProperties properties =
            new Binder(new MapConfigurationPropertySource()).bindOrCreate("replymeter.ingest", IngestProperties.class);

    @Test
    void aBatchIsOnlyAsLargeAsTheHeapAllows() {
        assertThat(properties.batchSizeWithin(138_000_000)).isEqualTo(4_600);
        assertThat(properties.batchSizeWithin(1L << 30)).isEqualTo(20_000);
    }
}
