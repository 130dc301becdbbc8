package io.replymeter.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerSecretsTest {

    @TempDir
    Path folder;

    private ContainerSecrets secrets;

    @BeforeEach
    void write() {
        secrets = new ContainerSecrets(DataFolder.at(folder));
        secrets.write();
    }

    @Test
    void aContainerIsGivenItsOwnSecretsAndNoOthers() {
        assertThat(files("messaging-service")).containsExactlyInAnyOrder("metrics-token", "signing-key.pub");
        assertThat(files("metrics-service")).containsExactly("signing-key.pub");
        assertThat(files("demo")).containsExactly("signing-key.pem");
        assertThat(files("prometheus")).containsExactly("ops-token");
    }

    @Test
    void anyContainersUserReadsThemButNobodyElseGetsToThem() throws IOException {
        assertThat(permissions("containers")).isEqualTo("rwx------");
        assertThat(permissions("containers/messaging-service")).isEqualTo("rwxr-xr-x");
        assertThat(permissions("containers/messaging-service/metrics-token")).isEqualTo("rw-r--r--");
    }

    @Test
    void theKeyStaysTheSame() throws IOException {
        Path key = folder.resolve("containers/demo/signing-key.pem");
        String before = Files.readString(key);

        secrets.write();

        assertThat(key).hasContent(before);
        assertThat(folder.resolve("signing-key.pem")).hasContent(before);
    }

    @Test
    void everyPasswordIsAnotherAndKept() throws IOException {
        Path file = folder.resolve(".env");

        assertThat(secrets.writeEnvironment(file)).isTrue();
        String before = Files.readString(file);
        Properties variables = new Properties();
        variables.load(new StringReader(before));
        assertThat(variables.values()).hasSize(4).doesNotHaveDuplicates();
        assertThat(permissions(".env")).isEqualTo("rw-------");

        assertThat(secrets.writeEnvironment(file)).isFalse();
        assertThat(file).hasContent(before);
    }

    private List<String> files(String container) {
        String[] names =
                folder.resolve("containers").resolve(container).toFile().list();
        return names == null ? List.of() : List.of(names);
    }

    private String permissions(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(path)));
    }
}
