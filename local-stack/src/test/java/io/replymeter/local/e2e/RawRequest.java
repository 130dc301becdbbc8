package io.replymeter.local.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request that no HTTP client would send.
 *
 * @param path as it goes over the wire, with its query
 * @param headers each with its line end
 * @param body as it goes over the wire: its length and its encoding are the headers' business
 */
record RawRequest(String method, String path, String headers, String body) {

    private static final int PATIENCE_MILLIS = 60_000;

    /** @param body without chunks */
    record Answer(int status, String head, String body) {}

    static RawRequest get(String path, @Nullable String token) {
        return new RawRequest("GET", path, token == null ? "" : "Authorization: Bearer " + token + "\r\n", "");
    }

    /** A connection on which this was sent, and no more. */
    Socket open(int port) throws IOException {
        Socket socket = connect(port);
        socket.getOutputStream().write(text("close"));
        return socket;
    }

    Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
        return socket;
    }

    /** The answer of the service on {@code port}, after which it has to close the connection. */
    Answer send(int port) {
        try (Socket socket = open(port)) {
            String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = text.indexOf("\r\n\r\n");
            if (end < 0) {
                throw new AssertionError("No answer to " + this);
            }
            String head = text.substring(0, end);
            String rest = text.substring(end + 4);
            boolean chunked = head.contains("Transfer-Encoding: chunked");
            return new Answer(
                    Integer.parseInt(head.split(" ", 3)[1]),
                    head,
                    chunked ? rest.replaceAll("(^|\r\n)\\p{XDigit}+\r\n", "") : rest);
        } catch (IOException e) {
            throw new UncheckedIOException(toString(), e);
        }
    }

    /** @param connection what becomes of the connection: {@code close} or {@code keep-alive} */
    byte[] text(String connection) {
        String text = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: " + connection + "\r\n"
                + headers + "\r\n" + body;
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
