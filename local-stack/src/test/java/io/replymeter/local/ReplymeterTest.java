package io.replymeter.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.embedded.Ports;
import io.replymeter.local.stack.DataFolder;
import io.replymeter.local.stack.StackPorts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplymeterTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @Test
    void anUnknownOptionIsNamedInOneLine() {
        assertThat(run("up", "--dmeo")).isEqualTo(2);
        assertOneLine("'--dmeo'", "--help");
    }

    @Test
    void aTokenNeedsAFolderInWhichAStackWasStarted() {
        assertThat(run("token", "admin", "--data", folder.toString())).isEqualTo(1);
        assertOneLine("No stack has been started", "--data DIR");
    }

    @Test
    void openingAPageOfTheSampleMarketplaceNeedsOne() {
        DataFolder data = DataFolder.at(folder);
        data.lock(StackPorts.DEFAULTS).close();
        data.createSigningKey();

        assertThat(run("open", "client", "--data", folder.toString())).isEqualTo(1);
        assertOneLine("no sample marketplace", "up --demo");
    }

    @Test
    void aThrottleThatIsNotANumberIsNamedInOneLine() {
        assertThat(run("rebuild", "throttle", "fast", "--data", folder.toString()))
                .isEqualTo(1);
        assertOneLine("'fast'", "or none");
    }

    @Test
    void anImportWithoutARunningStackSaysHowToStartOne() throws IOException {
        StackPorts ports = new StackPorts(Ports.free(), 2, 3, 4);
        DataFolder data = DataFolder.at(folder);
        data.lock(ports).close();
        data.createSigningKey();
        Path log = Files.writeString(
                folder.resolve("log.csv"),
                "message_id,conversation_id,client_id,provider_id,sender_role,sent_at\nrow\n");

        assertThat(run("import", log.toString(), "--data", folder.toString())).isEqualTo(1);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .contains("Stopped at line 2", "No answer from messaging-service", "`up`");
    }

    private int run(String... arguments) {
        return Replymeter.commandLine(new PrintStream(errors, true, StandardCharsets.UTF_8))
                .execute(arguments);
    }

    private void assertOneLine(String... words) {
        assertThat(errors.toString(StandardCharsets.UTF_8).strip())
                .contains(words)
                .doesNotContain("\n");
    }
}
