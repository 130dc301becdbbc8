package io.replymeter.metrics.oracle;

import io.replymeter.metrics.IntegrationTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/**
 * The whole service, fed by the test instead of the topic, at a time that the test sets. Nothing runs by itself: without
 * a log time of its own the clean-up waits until it is called.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@IntegrationTest
@TestPropertySource(properties = {"replymeter.ingest.enabled=false", "replymeter.events.watch-interval=1d"})
@Import({TestClock.class, Service.class, MetricsApi.class})
@interface MeasurementTest {}
