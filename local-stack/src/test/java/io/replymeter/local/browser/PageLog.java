package io.replymeter.local.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the pages logged and asked for since it was last read. */
final class PageLog {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern ORIGIN = Pattern.compile("(?:http|ws)s?://[^/?#]*");

    private final ChromeDriver driver;
    private final Set<Integer> expectedStatuses = new HashSet<>();

    PageLog(ChromeDriver driver) {
        this.driver = driver;
    }

    void expectStatus(int status) {
        expectedStatuses.add(status);
    }

    void forget() {
        driver.manage().logs().get(LogType.BROWSER);
        driver.manage().logs().get(LogType.PERFORMANCE);
    }

    void assertQuiet() {
        assertThat(errors()).as("errors in the console").isEmpty();
        assertThat(foreignRequests()).as("requests to another origin").isEmpty();
    }

    private List<String> errors() {
        return entries(LogType.BROWSER)
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .filter(message -> !isExpected(message))
                .toList();
    }

    private boolean isExpected(String message) {
        return expectedStatuses.stream()
                .anyMatch(status -> message.contains("the server responded with a status of " + status));
    }

    private List<String> foreignRequests() {
        return entries(LogType.PERFORMANCE)
                .map(entry -> JSON.readTree(entry.getMessage()).path("message"))
                .filter(event -> event.path("method").asString("").equals("Network.requestWillBeSent"))
                .map(event -> event.path("params"))
                .filter(PageLog::leavesItsOrigin)
                .map(request -> request.path("request").path("url").asString())
                .toList();
    }

    private static boolean leavesItsOrigin(JsonNode request) {
        String origin = origin(request.path("request").path("url").asString());
        return !origin.isEmpty()
                && !origin.equals(origin(request.path("documentURL").asString()));
    }

    /** Scheme, host and port; empty for what is no request over the network, such as a picture within a style. */
    private static String origin(String url) {
        Matcher origin = ORIGIN.matcher(url);
        return origin.lookingAt() ? origin.group() : "";
    }

    private Stream<LogEntry> entries(String type) {
        return driver.manage().logs().get(type).getAll().stream();
    }
}
