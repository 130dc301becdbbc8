package io.replymeter.local.e2e;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sends requests on one connection for as long as the service keeps it, and then on another. */
final class RawConnection implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?im)^Content-Length: (\\d+)$");

    private final int port;
    private @Nullable Socket socket;
    private InputStream input = InputStream.nullInputStream();

    RawConnection(int port) {
        this.port = port;
    }

    RawRequest.Answer send(RawRequest request) {
        boolean isReused = socket != null;
        try {
            return exchange(request);
        } catch (IOException e) {
            close();
            if (isReused) {
                return send(request); // the service had ended the connection
            }
            throw new UncheckedIOException(request.toString(), e);
        }
    }

    private RawRequest.Answer exchange(RawRequest request) throws IOException {
        Socket connected = socket;
        if (connected == null) {
            connected = request.connect(port);
            socket = connected;
            input = new BufferedInputStream(connected.getInputStream());
        }
        connected.getOutputStream().write(request.text("keep-alive"));
        String head = head();
        int status = Integer.parseInt(head.split(" ", 3)[1]);
        boolean hasBody = !request.method().equals("HEAD") && status != 204;
        String body = hasBody ? new String(body(head), StandardCharsets.UTF_8) : "";
        if (head.contains("Connection: close")) {
            close();
        }
        return new RawRequest.Answer(status, head.strip(), body);
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) read());
        }
        return head.toString().replace("\r\n", "\n");
    }

    private byte[] body(String head) throws IOException {
        Matcher length = LENGTH.matcher(head);
        if (length.find()) {
            return input.readNBytes(Integer.parseInt(length.group(1)));
        }
        return head.contains("Transfer-Encoding: chunked") ? chunks() : input.readAllBytes();
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int size = Integer.parseInt(line(), 16);
        while (size > 0) {
            body.write(input.readNBytes(size));
            line();
            size = Integer.parseInt(line(), 16);
        }
        line();
        return body.toByteArray();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int next = read();
        while (next != '\n') {
            line.append((char) next);
            next = read();
        }
        return line.toString().strip();
    }

    private int read() throws IOException {
        int next = input.read();
        if (next < 0) {
            throw new IOException("The service ended the connection without an answer");
        }
        return next;
    }

    @Override
    public void close() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            socket = null;
        }
    }
}
