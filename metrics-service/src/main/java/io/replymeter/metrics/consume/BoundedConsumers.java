package io.replymeter.metrics.consume;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/** Makes consumers whose polls hold a bounded number of bytes. */
final class BoundedConsumers extends DefaultKafkaConsumerFactory<byte[], byte[]> {

    BoundedConsumers(Map<String, Object> settings) {
        super(settings);
    }

    @Override
    protected synchronized Consumer<byte[], byte[]> createRawConsumer(Map<String, Object> settings) {
        BoundedBytes bytes = new BoundedBytes();
        setKeyDeserializerSupplier(() -> bytes);
        setValueDeserializerSupplier(() -> bytes);
        return new ExtendedKafkaConsumer(settings) {
            @Override
            public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
                bytes.beginPoll();
                return super.poll(timeout);
            }
        };
    }
}
