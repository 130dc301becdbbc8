package io.replymeter.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.replymeter.local.e2e.TraceReceiver.Received;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What both services send over OTLP about a request whose caller traces it. They trace no others here. */
class TracingIT {

    private static final String TOPIC = "messaging.message-events";
    private static final String TEXT = "A text that stays between the two of them.";

    private final Person client = Person.client();
    private final Person provider = Person.provider();
    private final String trace = UUID.randomUUID().toString().replace("-", "");
    private final String caller = trace.substring(16);

    @Test
    void aPostIsOneTraceUpToTheDatabaseOfTheMetrics() {
        post();

        Received request = span("http post /api/v1/messages", SpanKind.SPAN_KIND_SERVER);
        assertThat(request.service()).isEqualTo("messaging-service");
        assertThat(request.parent()).isEqualTo(caller);
        Received send = span(TOPIC + " send", SpanKind.SPAN_KIND_PRODUCER);
        assertThat(send.service()).isEqualTo("messaging-service");
        assertThat(send.parent()).isEqualTo(request.id());
        Received process = span(TOPIC + " process", SpanKind.SPAN_KIND_CONSUMER);
        assertThat(process.service()).isEqualTo("metrics-service");
        assertThat(process.parent()).isEqualTo(send.id());
        assertThat(process.links()).containsExactly(send.id());
        Received write = span("database transaction", SpanKind.SPAN_KIND_INTERNAL);
        assertThat(write.service()).isEqualTo("metrics-service");
        assertThat(write.parent()).isEqualTo(process.id());
    }

    @Test
    void aProfileIsOneTraceThroughBothServices() {
        String path = "/api/v1/providers/" + provider.id() + "/profile";
        EndToEnd.messaging().getTraced(path, client.token(), traceparent()).expect(200);

        Received profile = span("http get /api/v1/providers/{id}/profile", SpanKind.SPAN_KIND_SERVER);
        assertThat(profile.parent()).isEqualTo(caller);
        Received call = span("http get", SpanKind.SPAN_KIND_CLIENT);
        assertThat(call.parent()).isEqualTo(profile.id());
        Received numbers = span("http get /api/v1/providers/{providerId}/response-metrics", SpanKind.SPAN_KIND_SERVER);
        assertThat(numbers.service()).isEqualTo("metrics-service");
        assertThat(numbers.parent()).isEqualTo(call.id());
    }

    @Test
    void spansNameNobodyAndQuoteNothing() {
        post();
        String path = "/api/v1/providers/" + provider.id() + "/profile?anything=" + client.id();
        EndToEnd.messaging().getTraced(path, client.token(), traceparent()).expect(200);
        EndToEnd.messaging()
                .getTraced("/api/v1/nowhere/" + client.id(), client.token(), traceparent())
                .expectProblem(404);
        span("database transaction", SpanKind.SPAN_KIND_INTERNAL);
        span("http get /api/v1/providers/{providerId}/response-metrics", SpanKind.SPAN_KIND_SERVER);

        List<Received> spans = EndToEnd.traces().trace(trace);
        assertThat(spans.toString())
                .doesNotContain(client.id().toString(), provider.id().toString(), client.token(), TEXT);
        Set<String> attributes = spans.stream()
                .flatMap(received -> received.span().getAttributesList().stream())
                .map(attribute -> attribute.getKey())
                .collect(Collectors.toSet());
        assertThat(attributes)
                .contains("uri", "messaging.batch.message_count", "replymeter.generation")
                .doesNotContain("http.url");
    }

    private void post() {
        Map<String, Object> message = Map.of("recipientId", provider.id(), "body", TEXT);
        EndToEnd.messaging()
                .postTraced("/api/v1/messages", client.token(), traceparent(), message)
                .expect(201);
    }

    private String traceparent() {
        return "00-" + trace + "-" + caller + "-01";
    }

    private Received span(String name, SpanKind kind) {
        return await().until(
                        () -> EndToEnd.traces().trace(trace).stream()
                                .filter(received -> received.span().getName().equals(name)
                                        && received.span().getKind() == kind)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }
}
