package io.replymeter.benchmarks.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One kept-alive HTTP/1.1 connection to this machine. It costs next to nothing beside the service it asks: an ordinary
 * client would need as much CPU as a small answer, and make all requests look alike. Not thread-safe.
 */
public final class HttpConnection implements AutoCloseable {

    private final int port;
    private Socket socket;
    private InputStream in;

    public HttpConnection(int port) throws IOException {
        this.port = port;
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        this.in = input();
    }

    private InputStream input() throws IOException {
        socket.setTcpNoDelay(true);
        return new BufferedInputStream(socket.getInputStream(), 1 << 16);
    }

    /** Tomcat closes a connection after 100 requests. */
    private void reconnect() throws IOException {
        socket.close();
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        in = input();
    }

    public static byte[] get(String path, String token) {
        return (head("GET", path, token) + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] post(String path, String token, String json) {
        int length = json.getBytes(StandardCharsets.UTF_8).length;
        String headers = "Content-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n";
        return (head("POST", path, token) + headers + json).getBytes(StandardCharsets.UTF_8);
    }

    private static String head(String method, String path, String token) {
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n";
    }

    /**
     * Sends {@code request} and returns the answer's body.
     *
     * @throws IllegalStateException when the answer is no success
     */
    public String exchange(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        String status = line();
        int length = -1;
        boolean last = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            }
            last |= lower.equals("connection: close");
        }
        String body = new String(length < 0 ? chunks() : in.readNBytes(length), StandardCharsets.UTF_8);
        if (last) {
            reconnect();
        }
        if (!status.startsWith("HTTP/1.1 2")) {
            throw new IllegalStateException(status + ": " + body);
        }
        return body;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.write(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0) {
                throw new EOFException("The service closed the connection");
            }
            if (read != '\r') {
                line.append((char) read);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
