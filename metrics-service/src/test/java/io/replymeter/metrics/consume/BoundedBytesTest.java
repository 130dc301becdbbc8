package io.replymeter.metrics.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.replymeter.events.MessageEventsTopic;
import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BoundedBytesTest {

    private static final int LARGEST = MessageEventsTopic.MOST_BYTES;

    private final BoundedBytes bytes = new BoundedBytes();
    private final RecordHeaders headers = new RecordHeaders();

    @Test
    void whatTheContractAllowsIsKeptWhole() {
        assertThat(read(LARGEST)).hasSize(LARGEST);
        assertThat(bytes.deserialize("topic", headers, (ByteBuffer) null)).isNull();
    }

    @Test
    void onlyTheBeginningIsKeptOfMore() {
        assertThat(read(LARGEST + 1)).hasSize(1_024);

        headers.add("name", new byte[LARGEST]);
        assertThat(read(1)).hasSize(1);
        assertThat(headers).isEmpty();
    }

    @Test
    void aFullPollTakesNoMoreAndTheNextOneDoes() {
        for (int i = 0; i < 512; i++) {
            read(LARGEST);
        }
        assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> read(1));

        bytes.beginPoll();
        assertThat(read(1)).hasSize(1);
    }

    private byte @Nullable [] read(int size) {
        return bytes.deserialize("topic", headers, ByteBuffer.allocate(size));
    }
}
