package io.replymeter.local.e2e;

import static io.replymeter.local.browser.Browser.named;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replymeter.local.browser.Browser;
import io.replymeter.local.browser.BrowserTest;
import io.replymeter.local.browser.Look;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Keys;

/** What a client does in the web application. */
@BrowserTest
class ClientPagesIT {

    private final Person client = Person.client();
    private final Person provider = Person.provider();

    @ParameterizedTest
    @MethodSource("io.replymeter.local.e2e.Pages#looks")
    void everyPageIsGoodInEveryLook(Look look, Browser browser) {
        new History().threeAnswered(client, provider, ofMinutes(90)).happened();
        client.writesTo(provider);
        await().until(() -> client.seesMetricsOf(provider).has("responseRate"));

        browser.as(look).open(Pages.url("")).find("#token");
        browser.check("sign-in");
        Pages.signIn(browser, client).find("li.provider");
        browser.check("client-providers");
        browser.open(Pages.url("#/conversations")).find(".rows a");
        browser.check("client-conversations");
        browser.open(Pages.url("#/providers/" + provider.id())).find("li.message");
        browser.eventually(() -> assertThat(Pages.badge(browser)).contains("100"));
        browser.check("client-profile");
    }

    @Test
    void theTokenOfALinkIsInNoAddressAndSigningOutForgetsIt(Browser browser) {
        Pages.signIn(browser, client).awaitText("A client");
        Pages.assertSignedOutOfTheAddress(browser);

        browser.reload().awaitText("A client");
        browser.click(named("Sign out")).find("#token");
        browser.reload().find("#token");
        assertThat(browser.script("return sessionStorage.length + localStorage.length"))
                .isEqualTo(0L);
    }

    @Test
    void aTokenThatIsRefusedIsAskedForAgain(Browser browser) {
        browser.expectStatus(401).open(Pages.url("#token=nonsense")).awaitText("The token is not valid");
    }

    @Test
    void theBadgeMovesWithoutAReloadWhenTheProviderAnswersInAnotherTab(Browser browser) {
        Person other = Person.client();
        History history = new History();
        history.between(other, provider)
                .asked(ofMinutes(9_000))
                .answered(ofMinutes(8_900))
                .asked(ofMinutes(6_000))
                .answered(ofMinutes(5_900));
        history.happened();
        String clients = browser.tab();
        Pages.signIn(browser, client).find("li.provider");
        browser.open(Pages.url("#/providers/" + provider.id()));
        browser.eventually(() -> assertThat(Pages.badge(browser)).contains("No response data available"));
        browser.type("#text", "Are you free on Monday?").click(named("Send")).awaitText("Are you free on Monday?");

        browser.newTab();
        Pages.signIn(browser, provider).click(named("Conversations"));
        browser.click(named("A client")).awaitText("Are you free on Monday?");
        browser.type("#text", "Yes, at nine.").click(named("Send")).awaitText("Yes, at nine.");

        browser.goTo(clients).awaitText("Yes, at nine.");
        browser.eventually(() -> assertThat(Pages.badge(browser)).contains("Based on 3 inquiries", "100%"));
    }

    @Test
    void theKeyboardAloneIsEnough(Browser browser) {
        new History().threeAnswered(client, provider, ofMinutes(90)).happened();
        await().until(() -> client.seesMetricsOf(provider).has("responseRate"));

        browser.open(Pages.url("")).tabTo("#token").press(client.token(), Keys.ENTER);
        browser.tabTo(named("Conversations")).press(Keys.ENTER);
        browser.tabTo(named("A provider")).press(Keys.ENTER);
        browser.eventually(() -> assertThat(Pages.badge(browser)).contains("100%"));

        Pages.tabToText(browser, "Response rate");
        assertThat(Pages.help(browser)).startsWith("Responses within 24 hours");
        browser.press(Keys.ESCAPE);
        assertThat(Pages.help(browser)).isEmpty();

        browser.tabTo("#text")
                .press("By keyboard alone", Keys.TAB, Keys.ENTER)
                .awaitText(".messages", "By keyboard alone");
    }

    @Test
    void theLanguageCanBeChosenAndIsKept(Browser browser) {
        Pages.signIn(browser, client).awaitText("Those who answer best come first.");

        browser.click("#language").click("option[value=ar]").awaitText("من يردون أفضل يأتون أولاً.");
        assertThat(browser.script("return document.documentElement.dir")).isEqualTo("rtl");
        browser.reload().awaitText("من يردون أفضل يأتون أولاً.");
    }
}
