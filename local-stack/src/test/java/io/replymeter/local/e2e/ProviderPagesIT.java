package io.replymeter.local.e2e;

import static io.replymeter.local.browser.Browser.named;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
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

/** What a provider does in the web application. */
@BrowserTest
class ProviderPagesIT {

    private final Person client = Person.client();
    private final Person provider = Person.provider();

    @ParameterizedTest
    @MethodSource("io.replymeter.local.e2e.Pages#looks")
    void everyPageIsGoodInEveryLook(Look look, Browser browser) {
        happened();

        Pages.signIn(browser.as(look), provider).find(".chart svg");
        browser.check("provider-numbers");
        browser.open(Pages.url("#/inquiries")).find("#all ~ ul .inquiry");
        browser.check("provider-inquiries");
        browser.click(".inquiry button").find("dialog[open]");
        browser.check("provider-no-reply-needed");
        browser.press(Keys.ESCAPE).open(Pages.url("#/conversations")).find(".rows a");
        browser.check("provider-conversations");
        browser.click(".rows a").find("li.message");
        browser.check("provider-conversation");
        browser.open(Pages.url("#/hours")).find("#zone");
        browser.click(".day button").check("provider-hours");
    }

    @Test
    void theNumbersOfEachDayStandInATableBehindTheirChart(Browser browser) {
        happened();

        Pages.signIn(browser, provider).find(".chart svg");
        browser.eventually(() -> assertThat(Pages.badge(browser)).contains("Based on 4 inquiries"));
        browser.click(named("Show as a table")).find("details[open] table");

        assertThat(browser.all("details[open] tbody tr")).hasSize(30);
        assertThat(browser.find("details[open]").getText()).contains("3 100% 1 hour 3");
        assertThat(browser.all(".chart path")).isNotEmpty();
    }

    @Test
    void whatIsDueIsFirstAndEachInquirySaysWhyItCountsAsItDoes(Browser browser) {
        happened();

        Pages.signIn(browser, provider).click(named("Inquiries"));
        browser.awaitText("#due + ul", "Due in 22 hours")
                .awaitText("Answered in time. Response time: 1 hour 30 minutes.");
        browser.click("#outcome").click("option[value=NO_RESPONSE]").awaitText("#all ~ ul", "Never answered, which");
        browser.eventually(() -> assertThat(browser.find("#all ~ ul").getText()).doesNotContain("Answered in time"));
    }

    @Test
    void thatNoReplyIsNeededCanBeSaidByKeyboardAlone(Browser browser) {
        client.writesTo(provider);
        await().until(() -> provider.inquiries().size() == 1);

        browser.open(Pages.url("")).tabTo("#token").press(provider.token(), Keys.ENTER);
        browser.tabTo(named("Inquiries")).press(Keys.ENTER).find("#due + ul button");
        browser.tabTo("#due + ul button").press(Keys.ENTER).find("dialog[open]");
        browser.tabTo("dialog input:checked").press(Keys.ARROW_DOWN, Keys.ENTER);

        browser.awaitText("Nothing waits for your answer.")
                .awaitText("The client no longer needs an answer, say you: it does not count, within your allowance.");
    }

    @Test
    void hidingTheNumbersHidesThemFromClients(Browser browser) {
        happened();

        Pages.signIn(browser, provider).click("#shown").awaitText("Clients see “No response data available”.");

        assertThat(client.seesMetricsOf(provider).has("responseRate")).isFalse();
        browser.click("#shown").awaitText("Clients see your numbers.");
        assertThat(client.seesMetricsOf(provider).has("responseRate")).isTrue();
    }

    @Test
    void openingHoursAreGivenAndWhatIsWrongWithThemIsSaid(Browser browser) {
        Pages.signIn(browser.expectStatus(400), provider).click(named("Opening hours"));
        browser.click(".day button").click(named("Save")).awaitText("must come to at least 10 hours a week");

        browser.click(".day:nth-child(2) > button").click(named("Save"));

        browser.awaitText("Usually answers Monday and Tuesday, 9:00 to 17:00");
    }

    @Test
    void anAnswerByAButtonIsInTheConversation(Browser browser) {
        client.writesTo(provider);

        Pages.signIn(browser, provider).click(named("Conversations"));
        browser.click(named("A client")).awaitText("What they say.");
        browser.click(named("Accept")).awaitText(".messages", "Accepted the request");
    }

    /** Three answers, one that never came, and a question that waits. */
    private void happened() {
        History history = new History().threeAnswered(client, provider, ofMinutes(90));
        history.between(client, provider).asked(ofDays(9));
        history.between(client, provider).asked(ofHours(2).minus(ofMinutes(30)));
        history.happened();
        await().until(() -> provider.inquiries().size() == 5);
    }
}
