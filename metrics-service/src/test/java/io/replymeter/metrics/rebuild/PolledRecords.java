package io.replymeter.metrics.rebuild;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Counts what each consumer group polls. */
public final class PolledRecords implements ConsumerInterceptor<byte[], byte[]> {

    private static final Map<String, Long> COUNTS = new ConcurrentHashMap<>();

    private String group = "";

    /** How many records the group of {@code generation} has polled, on all topics. */
    static long of(int generation) {
        return COUNTS.entrySet().stream()
                .filter(count -> count.getKey().endsWith("-" + generation))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    @Override
    public void configure(Map<String, ?> settings) {
        group = String.valueOf(settings.get(ConsumerConfig.GROUP_ID_CONFIG));
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        COUNTS.merge(group, (long) records.count(), Long::sum);
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}
}
