package io.replymeter.local.e2e;

import static io.replymeter.local.browser.Browser.named;
import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replymeter.local.browser.Browser;
import io.replymeter.local.browser.BrowserTest;
import io.replymeter.local.browser.Look;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import tools.jackson.databind.JsonNode;

/** The console at {@code /ops/}, as operators use it: by mouse or by keyboard alone, on a desk and on a phone. */
@BrowserTest
class OpsConsoleIT {

    private final String url = EndToEnd.metricsUrl() + "/ops/";

    private enum Hand {
        MOUSE,
        KEYBOARD
    }

    private static Stream<Arguments> operators() {
        return Stream.of(
                Arguments.of(Hand.MOUSE, Look.DESKTOP),
                Arguments.of(Hand.MOUSE, Look.PHONE.dark()),
                Arguments.of(Hand.KEYBOARD, Look.PHONE),
                Arguments.of(Hand.KEYBOARD, Look.DESKTOP.dark()));
    }

    /** Whatever a test left of its rebuild. */
    @AfterEach
    void onlyOneGenerationIsLeft() {
        for (JsonNode rebuild : rebuilds()) {
            String path = "/ops/v1/rebuilds/" + rebuild.path("generation").asInt();
            if (can(rebuild, "ROLLBACK")) {
                ops("POST", path + "/rollback");
            }
        }
        for (JsonNode rebuild : rebuilds()) {
            if (can(rebuild, "CANCEL")) {
                ops("POST", "/ops/v1/rebuilds/" + rebuild.path("generation").asInt() + "/cancel");
            }
        }
        await().until(() -> removed(rebuilds()));
    }

    @Test
    void withoutATokenItAsksForOne(Browser browser) {
        browser.open(url).awaitText("Sign in").checkInEveryLook("ops-sign-in");
        browser.press("no token", Keys.ENTER).expectStatus(401).awaitText("The token is not valid");
        browser.checkInEveryLook("ops-sign-in-again");

        browser.type("#token", EndToEnd.opsToken()).press(Keys.ENTER).find(By.xpath("//h1[.='Overview']"));
        browser.click(named("Sign out")).awaitText("Token with the scope");
        assertThat(browser.reload().awaitText("Sign in").script("return sessionStorage.length"))
                .isEqualTo(0L);
    }

    @Test
    void theTokenOfALinkIsTakenOutOfTheAddress(Browser browser) {
        signIn(browser);
        assertThat(browser.url()).isEqualTo(url);
        browser.reload().awaitText("Lag in time");
        browser.newTab();
        browser.open(url).awaitText("Sign in");
    }

    @ParameterizedTest
    @MethodSource("operators")
    void whoseNumbersAreIncompleteIsSeenUntilTheRecordIsDiscarded(Hand hand, Look look, Browser browser) {
        BrokenRecord broken = BrokenRecord.sent();
        signIn(browser.as(look));

        browser.eventually(() -> assertThat(browser.find("main").getText())
                .contains(
                        "Lag in time",
                        "Partitions",
                        "Ignored records",
                        broken.provider().toString()));
        browser.checkInEveryLook("ops-overview");
        press(hand, named("Quarantine"), browser);
        long id = broken.id();
        press(hand, named("Show record " + id), browser);
        browser.awaitText("#record-" + id, "\"version\": 99").checkInEveryLook("ops-quarantine");
        press(hand, named("Discard record " + id), browser);
        browser.awaitText("dialog", "Key and value are gone for good").checkInEveryLook("ops-discard");
        browser.press(Keys.ESCAPE)
                .eventually(() ->
                        assertThat(browser.shows(By.cssSelector("dialog"))).isFalse());

        press(hand, named("Discard record " + id), browser);
        press(hand, By.cssSelector("dialog button[value=yes]"), browser);
        browser.awaitText("Discarded record " + id);
        press(hand, named("Overview"), browser);
        browser.awaitText("Lag in time")
                .eventually(() -> assertThat(browser.find("main").getText())
                        .doesNotContain(broken.provider().toString()));
    }

    @ParameterizedTest
    @MethodSource("operators")
    void aRecordIsReplayed(Hand hand, Look look, Browser browser) {
        BrokenRecord broken = BrokenRecord.sent();
        signIn(browser.as(look));
        press(hand, named("Quarantine"), browser);
        long id = broken.id();

        press(hand, named("Replay record " + id), browser);
        press(hand, By.cssSelector("dialog button[value=yes]"), browser);
        browser.awaitText("Replayed record " + id).awaitText("#record-" + id, "replayed");
    }

    @ParameterizedTest
    @MethodSource("operators")
    void theLiveTablesAreChecked(Hand hand, Look look, Browser browser) {
        signIn(browser.as(look));
        press(hand, named("Integrity"), browser);
        press(hand, named("Check now"), browser);
        browser.awaitText("Everything agrees").checkInEveryLook("ops-integrity");
    }

    @ParameterizedTest
    @MethodSource("operators")
    void aRuleChangeIsRebuiltComparedSwitchedToAndRolledBack(Hand hand, Look look, Browser browser) {
        Person client = Person.client();
        Person provider = Person.provider();
        new History().threeAnswered(client, provider, ofHours(2)).happened();
        await().untilAsserted(() ->
                assertThat(provider.numbers().path("answered").asInt()).isEqualTo(3));
        int before = generation(provider);
        signIn(browser.as(look));
        press(hand, named("Rebuilds"), browser);
        press(hand, named("Other rules"), browser);
        fill(hand, "#answerWithin", "1h", browser);
        fill(hand, "#throttle", "1", browser);
        browser.checkInEveryLook("ops-rebuild-start");

        press(hand, named("Start a rebuild"), browser);
        browser.awaitText("Reads what the topic held at the start").awaitText("events");
        browser.find("progress");
        browser.checkInEveryLook("ops-rebuild-replay");
        press(hand, named("Pause"), browser);
        browser.awaitText("Reads nothing until it is resumed").checkInEveryLook("ops-rebuild-paused");
        press(hand, named("Resume"), browser);
        browser.find("#limit").clear();
        press(hand, named("Set"), browser);

        browser.find(named("Switch readers to it …"));
        browser.awaitText("What would change").checkInEveryLook("ops-rebuild-ready");
        press(hand, named("Switch readers to it …"), browser);
        browser.awaitText("dialog", "instead of generation " + before).checkInEveryLook("ops-rebuild-switch");
        if (hand == Hand.KEYBOARD) {
            browser.tabTo("#consent").press(Keys.SPACE);
        } else {
            browser.click("#consent");
        }
        press(hand, By.cssSelector("dialog button[value=yes]"), browser);
        browser.find(named("Roll back …"));
        assertThat(generation(provider)).isGreaterThan(before);
        assertThat(provider.numbers().path("responseRatePercent").asDouble()).isZero();
        browser.checkInEveryLook("ops-rebuild-live");

        press(hand, named("Roll back …"), browser);
        press(hand, By.cssSelector("dialog button[value=yes]"), browser);
        browser.find(named("Cancel …"));
        assertThat(generation(provider)).isEqualTo(before);
        press(hand, named("Cancel …"), browser);
        browser.awaitText("dialog", "It cannot be taken back");
        press(hand, By.cssSelector("dialog button[value=yes]"), browser);
        browser.find(named("Start a rebuild"));
    }

    private void signIn(Browser browser) {
        browser.open(url + "#token=" + EndToEnd.opsToken()).awaitText("Lag in time");
    }

    private static void press(Hand hand, By what, Browser browser) {
        if (hand == Hand.MOUSE) {
            browser.click(what);
        } else {
            browser.tabTo(what).press(Keys.ENTER);
        }
    }

    private static void fill(Hand hand, String field, String text, Browser browser) {
        if (hand == Hand.MOUSE) {
            browser.type(field, text);
        } else {
            browser.tabTo(field).press(text);
        }
    }

    private static int generation(Person provider) {
        return provider.numbers().path("ruleset").path("generation").asInt();
    }

    private static JsonNode rebuilds() {
        return ops("GET", "/ops/v1/rebuilds").path("rebuilds");
    }

    private static boolean can(JsonNode rebuild, String action) {
        return rebuild.path("actions")
                .valueStream()
                .anyMatch(possible -> possible.asString().equals(action));
    }

    private static boolean removed(JsonNode rebuilds) {
        return rebuilds.valueStream()
                .allMatch(rebuild -> rebuild.path("state").asString().equals("ACTIVE")
                        || rebuild.path("removedAt").isString());
    }

    private static JsonNode ops(String method, String path) {
        return method.equals("GET")
                ? EndToEnd.metrics().get(path, EndToEnd.opsToken()).expect(200)
                : EndToEnd.metrics().post(path, EndToEnd.opsToken(), Map.of()).expect(200);
    }
}
