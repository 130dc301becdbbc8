package io.replymeter.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends bytes as no HTTP client would. */
final class RawHttp {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private RawHttp() {}

    /** @param head everything before the body */
    record Answer(int status, String head, String body) {

        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    /** A connection on which {@code request} was sent, and no more. */
    static Socket open(int port, String request) {
        Socket socket = new Socket();
        try {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.connect(new InetSocketAddress("127.0.0.1", port), (int) PATIENCE.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer to {@code request}, which the service has to follow by closing the connection. */
    static Answer send(int port, String request) {
        try (Socket socket = open(port, request)) {
            String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = text.indexOf("\r\n\r\n");
            String head = text.substring(0, end);
            String body = text.substring(end + 4);
            boolean chunked = head.contains("Transfer-Encoding: chunked");
            return new Answer(
                    Integer.parseInt(head.split(" ", 3)[1]),
                    head,
                    chunked ? body.replaceAll("(^|\r\n)\\p{XDigit}+\r\n", "") : body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
