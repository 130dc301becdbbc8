package io.replymeter.local.e2e;

import io.replymeter.embedded.ServerProvider;
import io.replymeter.local.stack.DataFolder;
import io.replymeter.local.stack.FolderLock;
import io.replymeter.local.stack.LocalStack;
import io.replymeter.local.stack.StackPorts;
import io.replymeter.local.stack.StackSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A stack for one test, on free ports, with servers that the test brings. */
final class OwnStack implements AutoCloseable {

    private final StackPorts ports = StackPorts.free();
    private final DataFolder data;
    private final FolderLock lock;
    private final LocalStack stack;
    private final Api messaging = new Api(ports.messagingUrl());
    private final Api metrics = new Api(ports.metricsUrl());

    /**
     * Starts it and waits until it is ready.
     *
     * @param folder for its data and logs
     */
    OwnStack(Path folder, ServerProvider servers, List<String> serviceArguments) {
        data = DataFolder.at(folder);
        lock = data.lock(ports);
        StackSettings settings = new StackSettings(ports, EndToEnd.jars(), servers, serviceArguments, Map.of());
        stack = new LocalStack(data, settings, System.out::println);
        try {
            stack.start();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    LocalStack processes() {
        return stack;
    }

    Api messaging() {
        return messaging;
    }

    Api metrics() {
        return metrics;
    }

    String token(String subject, String... scopes) {
        return data.signingKey().token(subject, List.of(scopes), Duration.ofHours(1));
    }

    UUID newUser(String role) {
        UUID id = UUID.randomUUID();
        messaging
                .post(
                        "/api/v1/users",
                        token("admin", "admin"),
                        Map.of("id", id, "role", role, "displayName", "Somebody"))
                .expect(201);
        return id;
    }

    @Override
    public void close() {
        stack.close();
        lock.close();
    }
}
