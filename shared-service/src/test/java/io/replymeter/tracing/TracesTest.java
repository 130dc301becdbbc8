package io.replymeter.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TracesTest {

    private static final String ONE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String OTHER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String NOT_SAMPLED = "00-4bf92f3577b34da6a3ce929d0e0e4737-00f067aa0ba902b8-00";

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final Tracer tracer = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(new WithoutPersonalData(exported)))
            .build()
            .get("test");
    private final Traces traces = new Traces(tracer);

    @Test
    void aBatchIsLinkedWithEachOfItsRecordsThatIsTracedAndCarriesOnTheFirstTrace() {
        traces.process(
                List.of(read(null), read(ONE), read(NOT_SAMPLED), read("nonsense"), read(OTHER)), 3, () -> "applied");

        SpanData span = onlySpan();
        assertThat(span.getParentSpanContext().getSpanId()).isEqualTo("b7ad6b7169203331");
        assertThat(span.getLinks().stream()
                        .map(LinkData::getSpanContext)
                        .map(linked -> linked.getTraceId() + " " + linked.getSpanId()))
                .containsExactly(
                        "0af7651916cd43dd8448eb211c80319c b7ad6b7169203331",
                        "4bf92f3577b34da6a3ce929d0e0e4736 00f067aa0ba902b7");
        assertThat(span.getAttributes().get(Traces.RECORDS)).isEqualTo(5);
    }

    @Test
    void aBatchOfWhichNothingIsTracedHasNoSpan() {
        String done =
                traces.process(List.of(read(null), read(NOT_SAMPLED)), 3, () -> traces.step("a step", () -> "done"));

        assertThat(done).isEqualTo("done");
        assertThat(exported.getFinishedSpanItems()).isEmpty();
    }

    @Test
    void aStepStandsInItsBatch() {
        traces.process(List.of(read(ONE)), 3, () -> traces.step("a step", () -> "done"));

        assertThat(exported.getFinishedSpanItems())
                .extracting(SpanData::getName)
                .containsExactly("a step", "topic process");
        List<SpanData> spans = exported.getFinishedSpanItems();
        assertThat(spans.get(0).getParentSpanId()).isEqualTo(spans.get(1).getSpanId());
    }

    @Test
    void ofAnErrorOnlyItsClassIsSent() {
        assertThatThrownBy(() -> traces.process(List.of(read(ONE)), 3, () -> {
                    throw new IllegalStateException("somebody@example.org");
                }))
                .isInstanceOf(IllegalStateException.class);

        SpanData span = onlySpan();
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.toString()).contains("IllegalStateException").doesNotContain("somebody@example.org");
    }

    @Test
    void aRecordCarriesTheTraceInWhichItWasMadeByTheSpanThatSendsIt() {
        String made = inSpan();
        ProducerRecord<String, String> record = new ProducerRecord<>("topic", "value");

        traces.send(record, made).end(null);

        SpanData span = exported.getFinishedSpanItems().get(1);
        assertThat(span.getParentSpanId()).isEqualTo(made.substring(36, 52));
        assertThat(header(record)).startsWith("00-" + span.getTraceId() + "-" + span.getSpanId() + "-");
    }

    @Test
    void whatIsNotTracedHasNoHeader() {
        ProducerRecord<String, String> record = new ProducerRecord<>("topic", "value");

        traces.send(record, traces.current()).end(null);

        assertThat(record.headers()).isEmpty();
    }

    @Test
    void whereTracingIsOffARecordStillCarriesTheTraceOfAnotherInstance() {
        ProducerRecord<String, String> record = new ProducerRecord<>("topic", "value");

        Traces.off().send(record, ONE).end(null);

        assertThat(header(record)).isEqualTo(ONE);
        assertThat(Traces.off().current()).isNull();
        assertThat(Traces.off().process(List.of(read(ONE)), 3, () -> "done")).isEqualTo("done");
    }

    private String inSpan() {
        Span span = tracer.spanBuilder("request").startSpan();
        try (Scope request = span.makeCurrent()) {
            assertThat(request).isNotNull();
            String current = traces.current();
            assertThat(current).isNotNull();
            return current;
        } finally {
            span.end();
        }
    }

    private SpanData onlySpan() {
        assertThat(exported.getFinishedSpanItems()).hasSize(1);
        return exported.getFinishedSpanItems().get(0);
    }

    private static ConsumerRecord<String, String> read(@Nullable String traceparent) {
        ConsumerRecord<String, String> record = new ConsumerRecord<>("topic", 0, 0, "key", "value");
        if (traceparent != null) {
            record.headers().add("traceparent", traceparent.getBytes(StandardCharsets.UTF_8));
        }
        return record;
    }

    private static String header(ProducerRecord<?, ?> record) {
        Header header = record.headers().lastHeader("traceparent");
        assertThat(header).isNotNull();
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
