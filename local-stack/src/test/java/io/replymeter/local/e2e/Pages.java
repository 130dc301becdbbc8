package io.replymeter.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.local.browser.Browser;
import io.replymeter.local.browser.Look;
import java.util.stream.Stream;
import org.openqa.selenium.Keys;

/** The web application of the end-to-end stack, as its visitors use it. */
final class Pages {

    private static final int LONGEST_WAY = 100;

    private Pages() {}

    static String url(String fragment) {
        return "http://localhost:" + EndToEnd.stack().messaging().port() + "/" + fragment;
    }

    /** Opens the link that signs in as this person. */
    static Browser signIn(Browser browser, Person person) {
        return browser.open(url("#token=" + person.token()));
    }

    /** Phone and desktop, light and dark, and Arabic on both. */
    static Stream<Look> looks() {
        return Stream.concat(
                Look.all(), Stream.of(Look.PHONE.in("ar"), Look.DESKTOP.dark().in("ar")));
    }

    /** What the badge says. */
    static String badge(Browser browser) {
        return String.valueOf(
                browser.script("return document.querySelector('response-metrics')?.shadowRoot.textContent ?? ''"));
    }

    /** The help text that can be seen, if there is one. */
    static String help(Browser browser) {
        return String.valueOf(browser.script("""
                return [...document.querySelector('response-metrics').shadowRoot.querySelectorAll('[role=tooltip]')]
                  .filter(help => getComputedStyle(help).visibility === 'visible').map(help => help.textContent).join()
                """));
    }

    /** Presses Tab until what has the focus has this text, also within a badge. */
    static Browser tabToText(Browser browser, String text) {
        for (int step = 0; step < LONGEST_WAY; step++) {
            browser.press(Keys.TAB);
            if (browser.focused().getText().equals(text)) {
                return browser;
            }
        }
        throw new AssertionError("Tab never comes to " + text);
    }

    static void assertSignedOutOfTheAddress(Browser browser) {
        browser.eventually(() -> assertThat(browser.url()).doesNotContain("token"));
    }
}
