package io.replymeter.metrics.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.replymeter.metrics.IntegrationTest;
import io.replymeter.metrics.TestLog;
import io.replymeter.metrics.client.DailyMetrics.Day;
import io.replymeter.metrics.client.Distribution;
import io.replymeter.metrics.client.InquiryPage;
import io.replymeter.metrics.client.InquiryPage.Inquiry;
import io.replymeter.metrics.client.MetricsApi;
import io.replymeter.metrics.client.Outcome;
import io.replymeter.metrics.client.ResponseMetrics;
import io.replymeter.metrics.client.ResponseMetrics.Share;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.client.MockMvcClientHttpRequestFactory;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

/** {@code metrics-client} asks as this service understands, and reads what it answers. */
@IntegrationTest
@WithMockUser(authorities = "SCOPE_metrics:read")
class MetricsClientTest {

    private static final int INQUIRIES = 3;
    private static final Duration RESPONSE_TIME = Duration.ofMinutes(30);

    @Autowired
    MockMvc http;

    @Value("${replymeter.events.topic}")
    String topic;

    private final UUID provider = UUID.randomUUID();
    private MetricsApi api;

    @BeforeEach
    void aProviderAnswersThreeInquiries() {
        api = MetricsApi.of(RestClient.builder()
                .requestFactory(new MockMvcClientHttpRequestFactory(http))
                .build());
        Instant asked = Instant.now().minus(Duration.ofHours(1));
        try (TestLog log = new TestLog(topic)) {
            for (int i = 0; i < INQUIRIES; i++) {
                log.inquiry(provider, asked, asked.plus(RESPONSE_TIME));
            }
        }
        await().pollInSameThread() // which has the user
                .atMost(Duration.ofMinutes(2))
                .untilAsserted(
                        () -> assertThat(api.metrics(provider).answered()).isEqualTo(INQUIRIES));
    }

    @Test
    void readsTheMetrics() {
        ResponseMetrics metrics = api.metrics(provider, Duration.ofMinutes(1), Duration.ofHours(4));

        assertThat(metrics.providerId()).isEqualTo(provider);
        assertThat(metrics.status()).isEqualTo("AVAILABLE");
        assertThat(metrics.window().days()).isEqualTo(30);
        assertThat(metrics.sampleSize()).isEqualTo(INQUIRIES);
        assertThat(metrics.responseRatePercent()).isEqualByComparingTo("100");
        assertThat(metrics.averageResponseTimeSeconds()).isEqualByComparingTo("1800");
        assertThat(metrics.within())
                .containsExactly(
                        new Share(Duration.ofMinutes(1), new BigDecimal("0.00")),
                        new Share(Duration.ofHours(4), new BigDecimal("100.00")));
        assertThat(metrics.ruleset().answerWithin()).isEqualTo(Duration.ofHours(24));
        assertThat(metrics.asOf()).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void readsTheMetricsOfSeveralProviders() {
        UUID unknown = UUID.randomUUID();

        List<ResponseMetrics> metrics =
                api.metrics(List.of(unknown, provider), Duration.ofHours(1)).metrics();

        assertThat(metrics).extracting(ResponseMetrics::providerId).containsExactly(unknown, provider);
        assertThat(metrics).extracting(ResponseMetrics::sampleSize).containsExactly(0, INQUIRIES);
        assertThat(metrics).allSatisfy(one -> assertThat(one.within()).hasSize(1));
    }

    @Test
    void readsDaysAndDistribution() {
        Distribution distribution = api.distribution(provider);
        List<Day> days = api.daily(provider).days();

        assertThat(distribution.responses()).isEqualTo(INQUIRIES);
        assertThat(distribution.ranges())
                .filteredOn(range -> range.from().compareTo(RESPONSE_TIME) < 0)
                .filteredOn(range -> range.to().compareTo(RESPONSE_TIME) >= 0)
                .extracting(Distribution.Range::responses)
                .containsExactly(INQUIRIES);
        assertThat(days).hasSize(30);
        assertThat(days.stream().mapToInt(Day::sampleSize).sum()).isEqualTo(INQUIRIES);
    }

    @Test
    void readsInquiriesPageByPage() {
        InquiryPage first = api.inquiries(provider, 2, Outcome.ANSWERED, null);
        InquiryPage second = api.inquiries(provider, 2, Outcome.ANSWERED, first.nextCursor());

        assertThat(first.inquiries())
                .hasSize(2)
                .extracting(Inquiry::responseTimeSeconds)
                .allSatisfy(seconds -> assertThat(seconds).isEqualByComparingTo("1800"));
        assertThat(second.inquiries()).hasSize(1).doesNotContainAnyElementsOf(first.inquiries());
        assertThat(second.nextCursor()).isNull();
        assertThat(api.inquiries(provider, 2, Outcome.OVERDUE, null).inquiries())
                .isEmpty();
    }

    @Test
    void aRefusalIsAnExceptionWithTheProblem() {
        assertThatExceptionOfType(HttpClientErrorException.BadRequest.class)
                .isThrownBy(() -> api.inquiries(provider, 0, null, null))
                .satisfies(e -> assertThat(e.getResponseBodyAsString()).contains("limit"));
    }
}
