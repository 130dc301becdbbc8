package io.replymeter.local.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.replymeter.local.api.MessagingApi;
import io.replymeter.local.stack.CannotContinue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogImportTest {

    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();
    private final List<String> imported = Collections.synchronizedList(new ArrayList<>());
    private HttpServer service;
    private int status = 200;
    private volatile int answersAway;

    @BeforeEach
    void startService() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/api/v1/imports", this::answer);
        service.start();
    }

    @AfterEach
    void stopService() {
        service.stop(0);
    }

    @Test
    void rowsArriveInTheOrderOfTheFile() throws IOException {
        List<String> rows =
                IntStream.range(0, 12_345).mapToObj(row -> "row " + row).toList();

        assertThat(logImport().run(log(rows), null)).isTrue();

        assertThat(imported).isEqualTo(rows);
        assertThat(said).containsExactly("12,345 imported, 0 already present, 0 rejected");
    }

    @Test
    void aRowThatIsNoCsvTakesNoOtherAlong() throws IOException {
        assertThat(logImport().run(log(List.of("a", "b", "c", "d", "BAD", "e")), null))
                .isFalse();

        assertThat(imported).containsExactly("a", "b", "c", "d", "e");
        assertThat(said).first().isEqualTo("5 imported, 0 already present, 1 rejected");
        assertThat(said).last().asString().startsWith("line 6: ");
    }

    @Test
    void theShiftIsSaidInTheFormThatIsTakenAgain() throws IOException {
        logImport().run(log(List.of("m,c,k,p,CLIENT,2026-01-01T00:00:00Z")), "PT36H");

        assertThat(said).first().asString().endsWith("--shift PT36H");
        assertThat(imported).containsExactly("m,c,k,p,CLIENT,2026-01-02T12:00:00Z");
    }

    @Test
    void theSameLogMovedOtherwiseIsExplained() throws IOException {
        Path log = log(List.of("m,c,k,p,CLIENT,2026-01-01T00:00:00Z"));
        logImport().run(log, "PT36H");
        Files.writeString(log, "BAD\n", StandardOpenOption.APPEND);

        logImport().run(log, "PT37H");

        assertThat(said).last().asString().contains("imported before with --shift PT36H");
    }

    @Test
    void theShiftOfAnImportThatWasInterruptedIsExplainedToo() throws IOException {
        List<String> rows = new ArrayList<>(Collections.nCopies(5_000, "m,c,k,p,CLIENT,2026-01-01T00:00:00Z"));
        rows.add("DOWN");
        assertThatThrownBy(() -> logImport().run(log(rows), "PT36H")).isInstanceOf(CannotContinue.class);

        logImport().run(log(List.of("BAD")), "PT37H");

        assertThat(said).last().asString().contains("imported before with --shift PT36H");
    }

    @Test
    void theShiftOfAnImportThatWasPartlyRefusedIsExplainedToo() throws IOException {
        logImport().run(log(List.of("m,c,k,p,CLIENT,2026-01-01T00:00:00Z", "BAD")), "PT36H");

        logImport().run(log(List.of("BAD")), "PT37H");

        assertThat(said).last().asString().contains("imported before with --shift PT36H");
    }

    @Test
    void aLogWithoutTimesCannotBeMovedToNow() throws IOException {
        Path log = log(List.of("no time"));

        assertThatThrownBy(() -> logImport().run(log, LogImport.TO_NOW))
                .isInstanceOf(CannotContinue.class)
                .hasMessageContaining("no row with a time");
    }

    @Test
    void anInterruptedImportSaysHowToGoOn() throws IOException {
        status = 500;
        Path log = log(List.of("a"));

        assertThatThrownBy(() -> logImport().run(log, "60"))
                .isInstanceOf(CannotContinue.class)
                .hasMessageContainingAll("Stopped at line 2", "(500)", "--shift PT1M");
    }

    @Test
    void aServiceThatIsAwayForAMomentIsWaitedFor() throws IOException {
        answersAway = 2;

        assertThat(logImport().run(log(List.of("a", "b")), null)).isTrue();

        assertThat(imported).containsExactly("a", "b");
        assertThat(answersAway).isZero();
    }

    @Test
    void aStackOnAnotherFolderIsRecognised() throws IOException {
        status = 401;
        Path log = log(List.of("a"));

        assertThatThrownBy(() -> logImport().run(log, null))
                .isInstanceOf(CannotContinue.class)
                .hasMessageContaining("--data DIR");
    }

    private LogImport logImport() {
        String url = "http://localhost:" + service.getAddress().getPort();
        return new LogImport(new MessagingApi(url, "token"), folder.resolve("shifts"), said::add);
    }

    private Path log(List<String> rows) throws IOException {
        return Files.writeString(folder.resolve("log.csv"), LogHeader.REQUIRED + "\n" + String.join("\n", rows) + "\n");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (answersAway > 0) {
            answersAway--;
            exchange.getResponseHeaders().add("Retry-After", "1");
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
            return;
        }
        List<String> rows = body.lines().skip(1).collect(Collectors.toList());
        int answer = rows.contains("BAD") ? 400 : rows.contains("DOWN") ? 500 : status;
        byte[] result = "{\"rows\":%d,\"imported\":%d,\"alreadyPresent\":0,\"rejected\":0,\"errors\":[]}"
                .formatted(rows.size(), rows.size())
                .getBytes(StandardCharsets.UTF_8);
        if (answer == 200) {
            imported.addAll(rows); // Before the answer, after which the test may look.
        }
        exchange.sendResponseHeaders(answer, result.length);
        exchange.getResponseBody().write(result);
        exchange.close();
    }
}
