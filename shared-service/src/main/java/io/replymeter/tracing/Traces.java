package io.replymeter.tracing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The spans that a trace has beside those of HTTP requests, and the W3C {@code traceparent} by which it goes on elsewhere. Only
 * traces that are sampled are carried on. Does nothing where tracing is off. Thread-safe.
 */
public final class Traces {

    static final AttributeKey<Long> RECORDS = AttributeKey.longKey("messaging.batch.message_count");
    static final AttributeKey<Long> GENERATION = AttributeKey.longKey("replymeter.generation");

    private static final String TRACEPARENT = "traceparent";

    /** As many links as a span keeps. */
    private static final int MOST_LINKS = 128;

    private static final TextMapGetter<String> ALONE = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String traceparent) {
            return List.of(TRACEPARENT);
        }

        @Override
        public @Nullable String get(@Nullable String traceparent, String key) {
            return key.equals(TRACEPARENT) ? traceparent : null;
        }
    };

    private static final Sending UNTRACED = new Sending(Span.getInvalid());

    /** A record on its way to Kafka. */
    public static final class Sending {

        private final Span span;

        private Sending(Span span) {
            this.span = span;
        }

        /** @param error null if Kafka has acknowledged the record */
        public void end(@Nullable Exception error) {
            if (error != null) {
                fail(span, error);
            }
            span.end();
        }
    }

    private final @Nullable Tracer tracer;

    Traces(@Nullable Tracer tracer) {
        this.tracer = tracer;
    }

    /** Where tracing is off. */
    public static Traces off() {
        return new Traces(null);
    }

    /** The {@code traceparent} of what this thread does; null if that is not traced. */
    public @Nullable String current() {
        return tracer == null ? null : traceparent(Span.current().getSpanContext());
    }

    /**
     * Begins to send {@code record}, which carries on the trace of {@code traceparent}, if there is one.
     *
     * @param traceparent what {@link #current} was when the record was made
     */
    public Sending send(ProducerRecord<?, ?> record, @Nullable String traceparent) {
        if (traceparent == null) {
            return UNTRACED;
        }
        Context made = context(traceparent);
        Span span = tracer == null
                ? Span.fromContext(made)
                : tracer.spanBuilder(record.topic() + " send")
                        .setSpanKind(SpanKind.PRODUCER)
                        .setParent(made)
                        .startSpan();
        String here = traceparent(span.getSpanContext());
        if (here != null) {
            record.headers().add(TRACEPARENT, here.getBytes(UTF_8));
        }
        return new Sending(span);
    }

    /**
     * Does {@code work} with {@code records}, in a span that is linked with each that is traced (128 at most) and carries on the
     * trace of the first.
     *
     * @param generation the generation that they are applied to
     */
    public <T> T process(List<? extends ConsumerRecord<?, ?>> records, int generation, Supplier<T> work) {
        List<SpanContext> traced = tracer == null
                ? List.of()
                : records.stream().flatMap(Traces::of).limit(MOST_LINKS).toList();
        if (tracer == null || traced.isEmpty()) {
            return work.get();
        }
        SpanBuilder span = tracer.spanBuilder(records.get(0).topic() + " process")
                .setSpanKind(SpanKind.CONSUMER)
                .setParent(Context.root().with(Span.wrap(traced.get(0))))
                .setAttribute(RECORDS, (long) records.size())
                .setAttribute(GENERATION, (long) generation);
        traced.forEach(span::addLink);
        return within(span.startSpan(), work);
    }

    /** Does {@code work} in a span of its own, if what this thread does is traced. */
    public <T> T step(String name, Supplier<T> work) {
        return tracer == null || current() == null
                ? work.get()
                : within(tracer.spanBuilder(name).startSpan(), work);
    }

    private static <T> T within(Span span, Supplier<T> work) {
        try {
            return Context.current().with(span).wrapSupplier(work).get();
        } catch (Throwable e) {
            fail(span, e);
            throw e;
        } finally {
            span.end();
        }
    }

    private static void fail(Span span, Throwable error) {
        span.recordException(error);
        span.setStatus(StatusCode.ERROR);
    }

    /** The sampled trace that {@code record} belongs to. Strangers may write what they like into it. */
    private static Stream<SpanContext> of(ConsumerRecord<?, ?> record) {
        Header header = record.headers().lastHeader(TRACEPARENT);
        if (header == null || header.value() == null) {
            return Stream.empty();
        }
        SpanContext context =
                Span.fromContext(context(new String(header.value(), UTF_8))).getSpanContext();
        return context.isSampled() ? Stream.of(context) : Stream.empty();
    }

    private static Context context(String traceparent) {
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, ALONE);
    }

    private static @Nullable String traceparent(SpanContext context) {
        return context.isSampled()
                ? "00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                        + context.getTraceFlags().asHex()
                : null;
    }
}
