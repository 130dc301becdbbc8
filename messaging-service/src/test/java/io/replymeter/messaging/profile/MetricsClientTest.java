package io.replymeter.messaging.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.replymeter.messaging.Patience;
import io.replymeter.messaging.profile.StandInMetricsApi.Mood;
import io.replymeter.messaging.profile.StandInMetricsApi.Numbers;
import io.replymeter.metrics.client.Outcome;
import io.replymeter.metrics.client.ResponseMetrics;
import io.replymeter.web.InvalidRequest;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(Patience.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES) // a server that never answers would be waited for in vain
class MetricsClientTest {

    private static final Duration BUDGET = Duration.ofMillis(300);
    private static final Duration AMPLE = Duration.ofSeconds(5); // where a busy machine must not matter
    private static final Instant APPLIED = Instant.parse("2026-11-22T10:00:00.123456Z");

    private final UUID provider = UUID.randomUUID();
    private final StandInMetricsApi api = new StandInMetricsApi();
    private final MetricsClient client = client(api.url(), null, AMPLE);

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void readsTheNumbersAndIgnoresWhatIsNew() {
        api.know(provider, new Numbers(15, 12, "5400.25", APPLIED));

        ResponseMetrics metrics = client.of(provider).orElseThrow();

        assertThat(metrics.providerId()).isEqualTo(provider);
        assertThat(metrics.responseRatePercent()).isEqualTo(new BigDecimal("80.00"));
        assertThat(MetricsSummary.of(metrics).averageResponseTime()).isEqualTo(Duration.ofMillis(5_400_250));
        assertThat(MetricsSummary.of(metrics).medianResponseTime()).isEqualTo(Duration.ofHours(1));
        assertThat(MetricsSummary.of(metrics).answered()).isEqualTo(12);
        assertThat(MetricsSummary.of(metrics).sampleSize()).isEqualTo(15);
        assertThat(MetricsSummary.of(metrics).answerWithin()).isEqualTo(Duration.ofHours(24));
        assertThat(MetricsSummary.of(metrics).lastUpdated()).isEqualTo(APPLIED);
    }

    @Test
    void aMetricsServiceThatKnowsNoExcusesHasExcusedNothing() {
        api.knowsExcuses = false;
        api.know(provider, new Numbers(15, 12, "5400.25", APPLIED));

        assertThat(client.of(provider).orElseThrow().excused()).isZero();
    }

    @Test
    void readsAHundredProvidersAtOnce() {
        List<UUID> providers = Stream.generate(UUID::randomUUID).limit(100).toList();

        assertThat(client.of(providers)).extracting(ResponseMetrics::providerId).containsExactlyElementsOf(providers);
        assertThat(api.requests).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WELL")
    void everyFailureIsAnEmptyAnswer(Mood mood) {
        api.mood = mood;
        MetricsClient hurried = client(api.url(), null, BUDGET);

        assertThat(hurried.of(provider)).isEmpty();
        assertThat(hurried.of(List.of(provider))).isEmpty();
        assertThat(hurried.inquiries(provider, null, null, 50)).isEmpty();

        assertThat(api.requests).noneMatch(request -> request.contains("elsewhere"));
    }

    @Test
    void aServerThatIsNotThereIsAnEmptyAnswer() {
        api.stop();

        assertThat(client.of(provider)).isEmpty();
    }

    @Test
    void anAddressThatNeverAnswersIsAnEmptyAnswer() {
        MetricsClient lost = client(URI.create("http://192.0.2.1:8081"), null, BUDGET);

        assertThat(lost.of(provider)).isEmpty();
    }

    @Test
    void theCircuitOpensAfterFailuresAndClosesWhenTheServerIsBack() {
        api.mood = Mood.BROKEN;
        for (int i = 0; i < 20; i++) {
            assertThat(client.of(provider)).isEmpty();
        }
        assertThat(api.requests).hasSizeLessThan(20);

        api.mood = Mood.WELL;
        await().untilAsserted(() -> assertThat(client.of(provider)).isPresent());
        for (int i = 0; i < 20; i++) {
            assertThat(client.of(provider)).isPresent();
        }
    }

    @Test
    void twoHundredAtOnceWaitForAServerThatHangsAndTheNextOnesDoNot() throws InterruptedException {
        api.mood = Mood.LATE;
        assertThat(twoHundredAtOnce()).hasSize(200).allMatch(Optional::isEmpty);
        api.requests.clear();

        assertThat(twoHundredAtOnce()).hasSize(200).allMatch(Optional::isEmpty);

        assertThat(api.requests).hasSizeLessThan(100);
    }

    private List<Optional<ResponseMetrics>> twoHundredAtOnce() throws InterruptedException {
        List<Optional<ResponseMetrics>> answers = new CopyOnWriteArrayList<>();
        List<Thread> threads = Stream.generate(() -> new Thread(() -> answers.add(client.of(provider))))
                .limit(200)
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        return answers;
    }

    @Test
    void failuresOfTheBatchDoNotOpenTheCircuitOfProfiles() {
        api.mood = Mood.BROKEN;
        for (int i = 0; i < 20; i++) {
            assertThat(client.of(List.of(provider))).isEmpty();
        }
        assertThat(client.isAway()).isTrue();

        api.mood = Mood.WELL;
        assertThat(client.of(provider)).isPresent();
        await().until(() -> !client.isAway());
    }

    @Test
    void aRenewedTokenIsUsedAtOnce() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "first\n");
        MetricsClient withToken = client(api.url(), file, AMPLE);

        withToken.of(provider);
        Files.writeString(file, "other\n");
        withToken.of(List.of(provider));

        assertThat(api.authorizations).containsExactly("Bearer first", "Bearer other");
    }

    @Test
    void withoutAReadableTokenNothingIsAsked() throws Exception {
        assertThat(client(api.url(), folder.resolve("missing"), AMPLE).of(provider))
                .isEmpty();
        assertThat(client(api.url(), Files.writeString(folder.resolve("two"), "a b"), AMPLE)
                        .of(provider))
                .isEmpty();

        assertThat(api.requests).isEmpty();
    }

    @Test
    void inquiriesAreAskedForAsGiven() {
        api.inquiries = "{\"inquiries\":[],\"nextCursor\":null}";

        assertThat(client.inquiries(provider, Outcome.OVERDUE, "a+b/{c}&limit=1", 7))
                .isPresent();

        assertThat(api.requests)
                .containsExactly("/api/v1/providers/" + provider
                        + "/inquiries?limit=7&outcome=OVERDUE&cursor=a%2Bb%2F%7Bc%7D%26limit%3D1");
    }

    @Test
    void metersNameThePathWithoutTheQuery() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        ObservationRegistry observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        api.inquiries = "{\"inquiries\":[],\"nextCursor\":null}";
        MetricsClient observed = client(api.url(), null, AMPLE, observations);

        observed.of(List.of(provider));
        observed.of(List.of(provider, UUID.randomUUID()));
        observed.inquiries(provider, Outcome.OVERDUE, null, 7);

        assertThat(meters.find("http.client.requests").timers())
                .extracting(timer -> timer.getId().getTag("uri"))
                .containsExactlyInAnyOrder("/api/v1/response-metrics", "/api/v1/providers/{providerId}/inquiries");
    }

    @Test
    void aCursorThatIsNotTheirsIsTheCallersMistakeAndNoFailure() {
        api.inquiries = "{\"inquiries\":[],\"nextCursor\":null}";
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> client.inquiries(provider, null, "theirs", 50))
                    .isInstanceOf(InvalidRequest.class);
        }

        assertThat(client.of(provider)).isPresent();
    }

    private static MetricsClient client(URI url, @Nullable Path tokenFile, Duration budget) {
        return client(url, tokenFile, budget, ObservationRegistry.NOOP);
    }

    private static MetricsClient client(
            URI url, @Nullable Path tokenFile, Duration budget, ObservationRegistry observations) {
        return new MetricsClient(
                new MetricsApiProperties(url, tokenFile, budget, budget, Duration.ofHours(1)), observations);
    }
}
