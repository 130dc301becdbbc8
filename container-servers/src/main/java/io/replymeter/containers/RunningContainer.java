package io.replymeter.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.WaitResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.testcontainers.containers.GenericContainer;

/** A started container that can be killed and started again. Its output is appended to a file. */
abstract class RunningContainer implements AutoCloseable {

    /** Long enough for a busy machine. */
    static final Duration START_TIMEOUT = Duration.ofMinutes(5);

    private final GenericContainer<?> container;
    private final DockerClient docker;
    private final Path log;

    RunningContainer(GenericContainer<?> container, Path log) {
        this.container = container;
        this.docker = container.getDockerClient();
        this.log = log;
        copyOutputSince(Instant.EPOCH);
    }

    /** Kills the container, as {@code kill -9} does, and waits until it has ended. */
    public void kill() {
        try {
            docker.killContainerCmd(id()).exec();
        } catch (ConflictException hasEnded) {
            return;
        }
        docker.waitContainerCmd(id()).exec(new WaitContainerResultCallback()).awaitStatusCode();
    }

    /** Starts a killed container with its old ports and data, and does not wait until it is ready. */
    void startAgain() {
        Instant start = Instant.now();
        docker.startContainerCmd(id()).exec();
        copyOutputSince(start);
    }

    public CompletableFuture<?> onExit() {
        CompletableFuture<WaitResponse> end = new CompletableFuture<>();
        docker.waitContainerCmd(id()).exec(new ResultCallback.Adapter<>() {
            @Override
            public void onNext(WaitResponse response) {
                end.complete(response);
            }
        });
        return end;
    }

    /** Removes the container and its data. */
    @Override
    public void close() {
        container.stop();
    }

    private void copyOutputSince(Instant begin) {
        OutputStream file = open();
        docker.logContainerCmd(id())
                .withStdOut(true)
                .withStdErr(true)
                .withFollowStream(true)
                .withSince((int) begin.getEpochSecond())
                .exec(new ResultCallback.Adapter<>() {
                    @Override
                    public void onNext(Frame frame) {
                        write(frame, file);
                    }

                    @Override
                    public void close() throws IOException {
                        super.close();
                        file.close();
                    }
                });
    }

    private OutputStream open() {
        try {
            return Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Frame frame, OutputStream file) {
        try {
            file.write(frame.getPayload());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String id() {
        return container.getContainerId();
    }
}
