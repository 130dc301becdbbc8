package io.replymeter.local.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** What tests of pages rely on: the browser finds what is wrong with a page. */
@BrowserTest
class BrowserIT {

    private static final String GOOD = """
            <!doctype html><html lang="en"><title>A page</title><meta name="viewport" content="width=device-width">
            <link rel="icon" href="data:,">
            <style>@media (prefers-color-scheme: dark) { body { background: #000; color: #fff } }</style>
            <main><h1>A page</h1><button id="one">One</button> <button id="two">Two</button> <p id="said"></p></main>
            <script>two.onclick = () => setTimeout(() => said.textContent = 'Two was pressed', 100)</script>
            """;

    private final Map<String, String> pages = new ConcurrentHashMap<>(Map.of("/", GOOD));
    private final Map<String, String> languages = new ConcurrentHashMap<>();
    private HttpServer server = someServer();
    private String url = "";

    private static HttpServer someServer() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeEach
    void serves() {
        url = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stops() {
        server.stop(0);
    }

    @ParameterizedTest
    @MethodSource("io.replymeter.local.browser.Look#all")
    void aGoodPageIsGoodInEveryLook(Look look, Browser browser) {
        browser.as(look.in("de")).open(url + "/").check("browser");

        assertThat(browser.script("return innerWidth")).isEqualTo((long) look.width());
        assertThat(browser.find("body").getCssValue("color"))
                .isEqualTo(look.scheme() == Look.Scheme.DARK ? "rgba(255, 255, 255, 1)" : "rgba(0, 0, 0, 1)");
        assertThat(languages.get("/")).startsWith("de");
    }

    @Test
    void keysGoWhereTheFocusIs(Browser browser) {
        browser.open(url + "/").tabTo("#two").press(Keys.ENTER).awaitText("Two was pressed");
        assertThat(browser.focused().getText()).isEqualTo("Two");
        assertThatThrownBy(() -> browser.tabTo("#said")).isInstanceOf(AssertionError.class);
    }

    @Test
    void tabsStoreNothingForEachOther(Browser browser) {
        browser.open(url + "/").script("sessionStorage.setItem('a', 'b')");
        String first = browser.tab();
        browser.newTab();
        assertThat(browser.open(url + "/").script("return sessionStorage.getItem('a')"))
                .isNull();
        assertThat(browser.goTo(first).script("return sessionStorage.getItem('a')"))
                .isEqualTo("b");
    }

    @Test
    void aViolationIsFound(Browser browser) {
        pages.put("/bad", GOOD.replace("One</button>", "</button>"));
        browser.open(url + "/bad");
        assertThatThrownBy(() -> browser.assertAccessible()).hasMessageContaining("button-name");
    }

    @Test
    void aPageThatIsTooWideIsFound(Browser browser) {
        pages.put("/bad", GOOD.replace("<h1>", "<h1 style='width: 400px'>"));
        browser.as(Look.DESKTOP).open(url + "/bad").assertFitsItsWidth();
        browser.as(Look.PHONE);
        assertThatThrownBy(browser::assertFitsItsWidth).hasMessageContaining("width");
    }

    @Test
    void anErrorInTheConsoleIsFound(Browser browser) {
        pages.put("/bad", GOOD.replace("two.onclick", "nobody.onclick"));
        browser.open(url + "/bad");
        assertThatThrownBy(browser::assertQuiet).hasMessageContaining("nobody is not defined");
    }

    @Test
    void aRefusalIsAnErrorUnlessItIsExpected(Browser browser) {
        pages.put("/bad", GOOD.replace("href=\"data:,\"", "href='/missing'"));
        browser.open(url + "/bad").script("return fetch('/missing').then(() => 1)");
        assertThatThrownBy(browser::assertQuiet).hasMessageContaining("404");
        browser.expectStatus(404).script("return fetch('/missing').then(() => 1)");
        browser.assertQuiet();
    }

    @Test
    void aRequestToAnotherOriginIsFound(Browser browser) {
        String other = url.replace("127.0.0.1", "localhost");
        pages.put("/bad", GOOD.replace("<h1>", "<h1><img alt='' src='" + other + "/picture'>"));
        browser.open(url + "/bad").expectStatus(404);
        assertThatThrownBy(browser::assertQuiet).hasMessageContaining(other);
    }

    @Test
    void itWaitsForWhatIsNotThereYet(Browser browser) {
        browser.open(url + "/").click(Browser.named("Two")).find(By.xpath("//p[.='Two was pressed']"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        languages.put(path, String.valueOf(exchange.getRequestHeaders().getFirst("Accept-Language")));
        byte[] page = pages.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(page.length == 0 ? 404 : 200, page.length == 0 ? -1 : page.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(page);
        }
    }
}
