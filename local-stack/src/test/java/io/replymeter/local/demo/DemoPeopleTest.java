package io.replymeter.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.local.stack.DataFolder;
import io.replymeter.local.stack.StackPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DemoPeopleTest {

    @TempDir
    Path folder;

    @Test
    void everybodyHasATokenInAFileThatOnlyItsOwnerReads() throws IOException {
        DataFolder data = DataFolder.at(folder);
        data.lock(StackPorts.DEFAULTS).close();
        data.createSigningKey();
        Marketplace marketplace = new Marketplace(30, Instant.parse("2026-11-22T10:00:00Z"));

        new DemoPeople(data).write(marketplace);

        JsonNode people =
                new JsonMapper().readTree(Files.readString(data.demoPeople())).path("people");
        assertThat(people)
                .hasSize(marketplace.providers().size()
                        + marketplace.members().size()
                        + marketplace.clients().size());
        assertThat(people.get(0).path("about").asString()).isEqualTo("answers within minutes");
        assertThat(people.valueStream().map(person -> person.path("token").asString()))
                .allMatch(token -> token.split("\\.").length == 3)
                .doesNotHaveDuplicates();
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            assertThat(Files.getPosixFilePermissions(data.demoPeople()))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }
}
