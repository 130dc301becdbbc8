package io.replymeter.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.replymeter.local.api.MessagingApi;
import io.replymeter.local.stack.CannotContinue;
import io.replymeter.local.stack.DataFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {

    @TempDir
    Path temporary;

    private final List<String> said = new ArrayList<>();
    private HttpServer service;
    private DataFolder folder;
    private int imports;
    private int rejected;
    private int messageStatus = 201;

    @BeforeEach
    void startService() throws IOException {
        folder = DataFolder.at(temporary);
        folder.createSigningKey();
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/api/v1/users", exchange -> answer(exchange, 201, ""));
        service.createContext("/api/v1/imports", this::answerImport);
        service.createContext("/api/v1/me/availability", exchange -> answer(exchange, 200, "{}"));
        service.createContext("/api/v1/messages", exchange -> answer(exchange, messageStatus, ""));
        service.createContext(
                "/api/v1/providers",
                exchange -> answer(exchange, 200, "{\"responseMetrics\":{\"responseRate\":\"9%\"}}"));
        service.start();
    }

    @AfterEach
    void stopService() {
        service.stop(0);
    }

    @Test
    void itIsFilledInOnce() {
        assertThat(run()).hasSize(Habit.values().length);
        int first = imports;

        assertThat(run()).hasSize(Habit.values().length);

        assertThat(imports).isPositive().isEqualTo(first);
    }

    @Test
    void anImportThatWasPartlyRefusedIsDoneAgain() {
        rejected = 1;
        assertThatThrownBy(this::run).isInstanceOf(CannotContinue.class).hasMessageContaining("refused");
        assertThat(said).anySatisfy(line -> assertThat(line).contains("lies in the future"));
        rejected = 0;
        int first = imports;

        run();

        assertThat(imports).isGreaterThan(first);
    }

    @Test
    void aRefusedLiveMessageIsSentAgain() {
        messageStatus = 503;
        assertThatThrownBy(this::run).isInstanceOf(CannotContinue.class).hasMessageContaining("(503)");
        messageStatus = 201;
        int first = imports;

        run();

        assertThat(imports).isGreaterThan(first);
    }

    @Test
    void aTimeOfTheFirstRunThatWasNotWrittenCompletelyIsWrittenAgain() throws IOException {
        Files.writeString(folder.file("demo-time"), "2026-11-2");

        assertThat(run()).isNotEmpty();
    }

    private List<Demo.Sight> run() {
        String url = "http://localhost:" + service.getAddress().getPort();
        return new Demo(folder, new MessagingApi(url, "token"), said::add).run();
    }

    private void answerImport(HttpExchange exchange) throws IOException {
        imports++;
        String errors = rejected == 0 ? "" : "{\"line\":2,\"reason\":\"sent_at lies in the future\"}";
        answer(
                exchange,
                200,
                "{\"rows\":9,\"imported\":%d,\"alreadyPresent\":0,\"rejected\":%d,\"errors\":[%s]}"
                        .formatted(9 - rejected, rejected, errors));
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
