package io.replymeter.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Sends spans on with what is known to name nobody: the attributes below, and of an error its class. What a library may add
 * one day, such as a URL or an error's text, stays here.
 */
final class WithoutPersonalData implements SpanExporter {

    /** Those of Spring's requests, where {@code uri} is a template, and our own. */
    private static final Set<String> HARMLESS = Set.of(
            "method",
            "uri",
            "status",
            "outcome",
            "exception",
            "client.name",
            "exception.type",
            Traces.RECORDS.getKey(),
            Traces.GENERATION.getKey());

    private final SpanExporter delegate;

    WithoutPersonalData(SpanExporter delegate) {
        this.delegate = delegate;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        return delegate.export(spans.stream().<SpanData>map(Harmless::new).toList());
    }

    @Override
    public CompletableResultCode flush() {
        return delegate.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return delegate.shutdown();
    }

    private static Attributes harmless(Attributes attributes) {
        return attributes.toBuilder().removeIf(key -> !isHarmless(key)).build();
    }

    private static boolean isHarmless(AttributeKey<?> key) {
        return HARMLESS.contains(key.getKey());
    }

    private static final class Harmless extends DelegatingSpanData {

        Harmless(SpanData span) {
            super(span);
        }

        @Override
        public Attributes getAttributes() {
            return harmless(super.getAttributes());
        }

        @Override
        public List<EventData> getEvents() {
            return super.getEvents().stream()
                    .map(event ->
                            EventData.create(event.getEpochNanos(), event.getName(), harmless(event.getAttributes())))
                    .toList();
        }

        /** Without its description, which is the error's text. */
        @Override
        public StatusData getStatus() {
            return StatusData.create(super.getStatus().getStatusCode(), "");
        }
    }
}
