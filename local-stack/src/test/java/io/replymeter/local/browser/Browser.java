package io.replymeter.local.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;

/**
 * A person at a browser: looks at pages, clicks, types and presses keys. Whatever it looks for it waits for. Keys go to
 * what has the focus, as they do for a person.
 */
public final class Browser {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /** Long enough for a busy machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int LONGEST_WAY = 200;

    private static final String FOCUSED = """
            let focused = document.activeElement;
            while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
            return focused;
            """;

    private final ChromeDriver driver;
    private final PageLog log;
    private final Map<String, String> media = new TreeMap<>();
    private final Set<String> origins = new HashSet<>();
    private Look look = Look.DESKTOP;

    Browser(ChromeDriver driver) {
        this.driver = driver;
        this.log = new PageLog(driver);
        log.forget();
        driver.switchTo().newWindow(WindowType.TAB);
        apply();
    }

    /** A link, button, summary or label with this text, or with this name for those who do not see it. */
    public static By named(String text) {
        return By.xpath("//*[self::a or self::button or self::summary or self::label]"
                + "[normalize-space()='%1$s' or @aria-label='%1$s']".formatted(text));
    }

    /** Looks at this and the following pages in this way. */
    public Browser as(Look other) {
        look = other;
        apply();
        return this;
    }

    /** Emulates a CSS media feature, such as {@code forced-colors: active}; an empty value ends it. */
    public Browser prefers(String feature, String value) {
        media.put(feature, value);
        apply();
        return this;
    }

    public Browser open(String url) {
        driver.get(url);
        origins.add(url);
        return this;
    }

    public Browser reload() {
        driver.navigate().refresh();
        return this;
    }

    /** Opens another tab, looked at in the same way, and goes there. It has its own session storage. */
    public String newTab() {
        driver.switchTo().newWindow(WindowType.TAB);
        apply();
        return tab();
    }

    /** The tab that is looked at, for {@link #goTo}. */
    public String tab() {
        return driver.getWindowHandle();
    }

    public Browser goTo(String tab) {
        driver.switchTo().window(tab);
        return this;
    }

    public String url() {
        return String.valueOf(driver.getCurrentUrl());
    }

    /** The first such element that can be seen. */
    public WebElement find(By what) {
        return patiently()
                .until(
                        () -> driver.findElements(what).stream()
                                .filter(WebElement::isDisplayed)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    public WebElement find(String css) {
        return find(By.cssSelector(css));
    }

    public List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    public boolean shows(By what) {
        return driver.findElements(what).stream().anyMatch(WebElement::isDisplayed);
    }

    /** Waits until the page shows this text somewhere. */
    public Browser awaitText(String text) {
        return awaitText("body", text);
    }

    public Browser awaitText(String css, String text) {
        return eventually(() -> assertThat(find(css).getText()).contains(text));
    }

    /** Waits until the assertion holds. Elements may come and go meanwhile. */
    public Browser eventually(ThrowingRunnable assertion) {
        patiently().untilAsserted(assertion);
        return this;
    }

    private static ConditionFactory patiently() {
        return await().atMost(PATIENCE).pollInSameThread().ignoreExceptionsInstanceOf(WebDriverException.class);
    }

    public Browser click(By what) {
        return eventually(() -> find(what).click());
    }

    public Browser click(String css) {
        return click(By.cssSelector(css));
    }

    public Browser hover(By what) {
        new Actions(driver).moveToElement(find(what)).perform();
        return this;
    }

    /** Replaces what the field holds. */
    public Browser type(String css, String text) {
        WebElement field = find(css);
        field.clear();
        field.sendKeys(text);
        return this;
    }

    /** Presses keys ({@link org.openqa.selenium.Keys}) or types text where the focus is. */
    public Browser press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
        return this;
    }

    /** What has the focus, within shadow roots too. */
    public WebElement focused() {
        return (WebElement) Objects.requireNonNull(script(FOCUSED));
    }

    /** Presses Tab until the focus is on such an element. Fails if it never gets there, or cannot be seen where it is. */
    public Browser tabTo(By what) {
        WebElement wanted = find(what);
        List<String> way = new ArrayList<>();
        for (int step = 0; step < LONGEST_WAY; step++) {
            WebElement focused = focused();
            if (focused.equals(wanted)) {
                return this;
            }
            way.add(focused.getTagName() + " "
                    + focused.getText().lines().findFirst().orElse(""));
            press(Keys.TAB);
        }
        throw new AssertionError("Tab never comes to " + what + ", but to " + new HashSet<>(way));
    }

    public Browser tabTo(String css) {
        return tabTo(By.cssSelector(css));
    }

    public @Nullable Object script(String javascript, Object... arguments) {
        return driver.executeScript(javascript, arguments);
    }

    /** The page keeps its promises as it is now. Saves a screenshot of all of it, and checks it in every way. */
    public Browser check(String name) {
        screenshot(name);
        assertAccessible();
        assertFitsItsWidth();
        assertQuiet();
        return this;
    }

    /** Checks the page as it is now in every look, and goes back to the present one. */
    public Browser checkInEveryLook(String name) {
        Look present = look;
        Look.all().forEach(other -> as(other.in(present.language())).check(name));
        return as(present);
    }

    /** Saves the whole page to {@code target/screenshots}. */
    public Path screenshot(String name) {
        Map<String, Object> png = driver.executeCdpCommand(
                "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
        try {
            Path file = Files.createDirectories(SCREENSHOTS).resolve(name + "-" + look + ".png");
            return Files.write(file, Base64.getDecoder().decode((String) png.get("data")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param others rules of axe-core that are not for us to keep */
    public Browser assertAccessible(String... others) {
        Axe.assertNoViolations(driver, others);
        return this;
    }

    /** Nobody has to scroll sideways. */
    public Browser assertFitsItsWidth() {
        assertThat((Long) script("return document.documentElement.scrollWidth"))
                .as("width of the page")
                .isLessThanOrEqualTo(look.width());
        return this;
    }

    /** No error in the console and no request to another origin since the last look. */
    public Browser assertQuiet() {
        log.assertQuiet();
        return this;
    }

    /** Requests may be refused with this status, which Chromium logs as an error. */
    public Browser expectStatus(int status) {
        log.expectStatus(status);
        return this;
    }

    /** Leaves one empty tab and nothing stored. */
    void close() {
        origins.forEach(url ->
                driver.executeCdpCommand("Storage.clearDataForOrigin", Map.of("origin", url, "storageTypes", "all")));
        closeOtherTabs();
    }

    private void closeOtherTabs() {
        List<String> tabs = new ArrayList<>(driver.getWindowHandles());
        String last = tabs.remove(0);
        tabs.forEach(tab -> driver.switchTo().window(tab).close());
        driver.switchTo().window(last).get("about:blank");
    }

    private void apply() {
        // They would take their room away from the page, which they do on no phone.
        driver.executeCdpCommand("Emulation.setScrollbarsHidden", Map.of("hidden", true));
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", look.width(), "height", 800, "deviceScaleFactor", 1, "mobile", false));
        media.put("prefers-color-scheme", look.scheme().name().toLowerCase(Locale.ROOT));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        media.entrySet().stream()
                                .map(feature -> Map.of("name", feature.getKey(), "value", feature.getValue()))
                                .toList()));
        Object agent = script("return navigator.userAgent");
        driver.executeCdpCommand(
                "Network.setUserAgentOverride",
                Map.of("userAgent", String.valueOf(agent), "acceptLanguage", look.language()));
    }
}
