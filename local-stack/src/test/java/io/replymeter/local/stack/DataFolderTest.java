package io.replymeter.local.stack;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path temporary;

    private DataFolder folder;

    @BeforeEach
    void createFolder() {
        folder = DataFolder.at(temporary.resolve("data"));
        folder.lock(StackPorts.DEFAULTS).close();
    }

    @Test
    void oneStackAtATimeHasIt() {
        try (FolderLock lock = folder.lock(StackPorts.DEFAULTS)) {
            assertOneLine(() -> folder.lock(StackPorts.DEFAULTS), "already runs", "http://localhost:8080");
        }
        folder.lock(StackPorts.DEFAULTS).close();
    }

    @Test
    void nobodyElseReadsTheLogs() throws IOException {
        Files.setPosixFilePermissions(folder.file("logs"), fromString("rwxr-xr-x"));

        folder.lock(StackPorts.DEFAULTS).close();

        assertThat(Files.getPosixFilePermissions(folder.file("logs"))).isEqualTo(fromString("rwx------"));
    }

    @Test
    void aLockFileLeftBehindMeansNothing() throws IOException {
        Files.writeString(folder.file("lock"), "12345");

        folder.lock(StackPorts.DEFAULTS).close();
    }

    @Test
    void aStackThatCouldNotSayWhereItRunsDoesNotKeepTheLock() throws IOException {
        Files.delete(folder.file("running.properties"));
        Files.createDirectories(folder.file("running.properties"));
        assertThatThrownBy(() -> folder.lock(StackPorts.DEFAULTS)).isInstanceOf(CannotContinue.class);

        Files.delete(folder.file("running.properties"));

        folder.lock(StackPorts.DEFAULTS).close();
    }

    @Test
    void aFolderThatCannotBeWrittenIsRefused() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));

        assertOneLine(() -> DataFolder.at(file).lock(StackPorts.DEFAULTS), "--data DIR");
        assertOneLine(() -> DataFolder.at(file.resolve("below")).lock(StackPorts.DEFAULTS), "--data DIR");
    }

    @Test
    void aPathThatTheServersCannotUseIsRefused() {
        assertOneLine(() -> DataFolder.at(temporary.resolve("a,b")).lock(StackPorts.DEFAULTS), "--data DIR");
    }

    @Test
    void anInterruptedFirstStartIsClearedAway() throws IOException {
        assertThat(folder.serverData().prepare()).isFalse();
        Files.createDirectories(folder.serverData().postgresql().resolve("base/1"));
        Files.createFile(folder.serverData().postgresql().resolve("postgresql.conf"));

        assertThat(folder.serverData().prepare()).isTrue();

        assertThat(folder.serverData().postgresql()).doesNotExist();
    }

    @Test
    void dataThatNoStartOfOursCompletedAreNotTouched() throws IOException {
        Path precious = Files.createDirectories(folder.serverData().postgresql().resolve("base"));

        assertOneLine(folder.serverData()::prepare, "half-initialised", "delete it");
        assertThat(precious).exists();
    }

    @Test
    void completedDataAreKept() throws IOException {
        initialise("18");

        assertThat(folder.serverData().prepare()).isFalse();

        assertThat(folder.serverData().postgresql().resolve("PG_VERSION")).exists();
    }

    @Test
    void dataOfWhichAPartIsMissingAreRefused() throws IOException {
        initialise("18");
        Files.delete(folder.serverData().kafka().resolve("data"));

        assertOneLine(folder.serverData()::prepare, "incomplete", "kafka");
    }

    @Test
    void dataOfAnotherPostgresqlAreRefused() throws IOException {
        initialise("17");

        assertOneLine(folder.serverData()::prepare, "PostgreSQL 17");
    }

    @Test
    void theSigningKeyIsMadeOnceAndForItsOwnerOnly() throws Exception {
        String first = folder.createSigningKey().token("somebody", List.of("admin"), Duration.ofHours(1));
        String key = Files.readString(folder.file("signing-key.pem"));

        folder.createSigningKey();

        assertThat(Files.readString(folder.file("signing-key.pem"))).isEqualTo(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.file("signing-key.pem"))))
                .isEqualTo("rw-------");
        SignedJWT token = SignedJWT.parse(first);
        assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
        assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("somebody");
        assertThat(token.getJWTClaimsSet().getStringClaim("scope")).isEqualTo("admin");
    }

    @Test
    void withoutAStartThereAreNoTokens() {
        assertOneLine(folder::signingKey, "run `up` first");
    }

    @Test
    void anUnreadableKeyIsNamed() throws IOException {
        Files.writeString(folder.file("signing-key.pem"), "rubbish");

        assertOneLine(folder::signingKey, "signing-key.pem", "delete it");
    }

    @Test
    void aStackTellsWhereItRuns() {
        StackPorts ports = new StackPorts(1, 2, 3, 4);

        folder.lock(ports).close();

        assertThat(folder.running().ports()).isEqualTo(ports);
    }

    private void initialise(String version) throws IOException {
        folder.serverData().prepare();
        Files.createDirectories(folder.serverData().postgresql().resolve("global"));
        Files.writeString(folder.serverData().postgresql().resolve("PG_VERSION"), version + "\n");
        Files.createDirectories(folder.serverData().kafka().resolve("data"));
        folder.serverData().markInitialised();
    }

    private static void assertOneLine(ThrowingCallable call, String... words) {
        assertThatThrownBy(call)
                .isInstanceOf(CannotContinue.class)
                .hasMessageContainingAll(words)
                .message()
                .doesNotContain("\n");
    }
}
