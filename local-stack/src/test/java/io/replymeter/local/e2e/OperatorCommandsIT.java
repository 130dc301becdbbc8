package io.replymeter.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What operators do on the command line beside rebuilds. */
class OperatorCommandsIT {

    @Test
    void statusSaysWhatRunsAndHowFarItIs() {
        Person.client().writesTo(Person.provider());

        assertThat(Command.run("status").succeeded().text())
                .containsPattern("messaging +UP +http://localhost:"
                        + EndToEnd.stack().messaging().port())
                .containsPattern("metrics +UP +" + EndToEnd.metricsUrl())
                .containsPattern("Kafka +running")
                .containsPattern("PostgreSQL +running")
                .containsPattern("outbox +\\d+ events wait")
                .containsPattern("ingest +\\d+ events behind, \\d+ s")
                .containsPattern("live +generation \\d+")
                .containsPattern("Replymeter \\d+\\.\\d+\\.\\d+");
    }

    @Test
    void aRecordIsShownReplayedAndDiscarded() {
        BrokenRecord broken = BrokenRecord.sent();
        String id = Long.toString(broken.id());

        assertThat(Command.run("quarantine", "list", "--reason", "UNSUPPORTED_VERSION")
                        .text())
                .contains(broken.provider().toString());
        assertThat(Command.run("quarantine", "incomplete").text())
                .contains(broken.provider().toString());
        assertThat(Command.run("quarantine", "show", id).succeeded().text()).contains("\"version\":99");
        assertThat(Command.run("quarantine", "show", id, "--json")
                        .json()
                        .path("record")
                        .path("providerId")
                        .asString())
                .isEqualTo(broken.provider().toString());

        assertThat(Command.run("quarantine", "replay", id).succeeded().text()).contains(id + " replayed");
        assertThat(Command.run("quarantine", "discard", id).succeeded().text()).contains(id + " discarded");
        assertThat(Command.run("quarantine", "show", id).exitCode()).isEqualTo(1);
    }

    @Test
    void withoutIdsAndAReasonNothingIsDecided() {
        assertThat(Command.run("quarantine", "discard").text()).contains("Say which records");
    }

    @Test
    void aLinkToTheConsoleSignsIn() {
        assertThat(Command.run("open", "ops", "--print").succeeded().text())
                .startsWith(EndToEnd.metricsUrl() + "/ops/#token=");
    }
}
