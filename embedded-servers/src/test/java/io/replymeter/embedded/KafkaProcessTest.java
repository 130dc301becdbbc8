package io.replymeter.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KafkaProcessTest {

    @Test
    void noClusterIdIsTakenForAnOption() {
        assertThat(IntStream.range(1_024, 65_536).mapToObj(port -> KafkaProcess.clusterIdOf("1@localhost:" + port)))
                .noneMatch(id -> id.startsWith("-"));
    }
}
