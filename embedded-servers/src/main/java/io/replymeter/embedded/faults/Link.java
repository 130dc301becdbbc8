package io.replymeter.embedded.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Stands before a server, on a port of its own, and disturbs what passes: for tests of what clients and servers do when
 * their network fails. Thread-safe.
 */
public final class Link implements AutoCloseable {

    private static final int BUFFER = 8_192;

    private enum Mode {
        OPEN,
        REFUSING,
        /** Nothing passes, and nobody learns that a connection has ended. */
        SILENT,
        /** The server hears its clients; they do not hear it. */
        ANSWERS_HELD
    }

    private final int serverPort;
    private final ServerSocket listener;
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private Mode mode = Mode.OPEN;
    private long delayNanos;

    private Link(int serverPort) throws IOException {
        this.serverPort = serverPort;
        this.listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** @param serverPort a port of the loopback interface, on which nothing has to listen yet */
    public static Link to(int serverPort) {
        try {
            return new Link(serverPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Everything passes again, also what was held. Connections that were forgotten end. */
    public void open() {
        become(Mode.OPEN, Duration.ZERO);
        lines.stream().filter(line -> line.isForgotten).forEach(Line::close);
    }

    /** Ends the connections that exist. New ones work. */
    public void cut() {
        become(Mode.OPEN, Duration.ZERO);
        lines.forEach(Line::close);
    }

    /** Ends the connections that exist, and every new one at once. */
    public void refuse() {
        become(Mode.REFUSING, Duration.ZERO);
        lines.forEach(Line::close);
    }

    /** From now on nothing passes, and no connection ends: as if the other side's host had vanished. */
    public void fallSilent() {
        become(Mode.SILENT, Duration.ZERO);
    }

    /** The same for the connections that exist, until {@link #open}. New ones work. */
    public void forgetConnections() {
        lines.forEach(line -> line.isForgotten = true);
    }

    /** From now on requests pass, and answers do not. */
    public void holdAnswers() {
        become(Mode.ANSWERS_HELD, Duration.ZERO);
    }

    /** From now on everything that clients send arrives later by {@code time}. */
    public void delayRequests(Duration time) {
        become(Mode.OPEN, time);
    }

    private synchronized void become(Mode next, Duration delay) {
        mode = next;
        delayNanos = delay.toNanos();
        notifyAll();
    }

    private synchronized void awaitPassage(boolean isAnswer) throws InterruptedException {
        while (mode == Mode.SILENT || mode == Mode.ANSWERS_HELD && isAnswer) {
            wait();
        }
        if (!isAnswer) {
            TimeUnit.NANOSECONDS.timedWait(this, delayNanos);
        }
    }

    private synchronized boolean isRefusing() {
        return mode == Mode.REFUSING;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            if (isRefusing()) {
                client.close();
                continue;
            }
            try {
                Line line = new Line(client, new Socket(InetAddress.getLoopbackAddress(), serverPort));
                lines.add(line);
                start(() -> line.copy(client, line.server, false));
                start(() -> line.copy(line.server, client, true));
            } catch (IOException serverIsAway) {
                client.close();
            }
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException | InterruptedException e) {
                        // One of both sides is gone.
                    }
                },
                "link");
        thread.setDaemon(true);
        thread.start();
    }

    private final class Line {

        private final Socket client;
        private final Socket server;
        private volatile boolean isForgotten;

        Line(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void copy(Socket from, Socket to, boolean isAnswer) throws IOException, InterruptedException {
            byte[] buffer = new byte[BUFFER];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    awaitPassage(isAnswer);
                    if (!isForgotten) {
                        out.write(buffer, 0, read);
                    }
                }
            } finally {
                awaitPassage(isAnswer);
                if (!isForgotten) {
                    close();
                }
            }
        }

        void close() {
            lines.remove(this);
            try (client;
                    server) {
                // Closes both.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }
}
