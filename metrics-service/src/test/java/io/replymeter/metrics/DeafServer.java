package io.replymeter.metrics;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands before a server and can stop answering on the connections that exist, as a machine that vanished; new ones work. */
public final class DeafServer implements AutoCloseable {

    private static final int BUFFER = 8_192;

    private final URI server;
    private final ServerSocket listener;
    private final List<Line> lines = new CopyOnWriteArrayList<>();

    private DeafServer(URI server) throws IOException {
        this.server = server;
        this.listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        run(this::accept);
    }

    /** @param server its scheme does not matter */
    public static DeafServer before(URI server) {
        try {
            return new DeafServer(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** From now on nothing passes on the connections that exist, and none of them ends. */
    public void goDeaf() {
        lines.forEach(line -> line.isDeaf = true);
    }

    private void accept() throws IOException {
        while (true) {
            Line line = new Line(listener.accept(), new Socket(server.getHost(), server.getPort()));
            lines.add(line);
            run(() -> line.copy(line.client, line.server));
            run(() -> line.copy(line.server, line.client));
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // One of both sides is gone.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static final class Line implements Closeable {

        private final Socket client;
        private final Socket server;
        private volatile boolean isDeaf;

        Line(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void copy(Socket from, Socket to) throws IOException {
            byte[] buffer = new byte[BUFFER];
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!isDeaf) {
                    out.write(buffer, 0, read);
                }
            }
            if (!isDeaf) {
                close();
            }
        }

        @Override
        public void close() throws IOException {
            client.close();
            server.close();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Line line : lines) {
            line.close();
        }
    }
}
