package io.replymeter.local.e2e;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replymeter.local.browser.Browser;
import io.replymeter.local.browser.BrowserTest;
import io.replymeter.local.browser.Look;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;

/** The badge in all its states, on a page that has nothing else. */
@BrowserTest
class BadgeIT {

    private static final String ON_A_PAGE = """
            const [token, provider, few] = arguments;
            const make = (attributes, set = {}) => {
              const badge = document.createElement('response-metrics');
              Object.entries(attributes).forEach(([name, value]) => badge.setAttribute(name, value));
              Object.assign(badge, set);
              return badge;
            };
            const main = document.querySelector('main');
            main.replaceChildren(Object.assign(document.createElement('h1'), {textContent: 'Badges'}));
            const data = make({id: 'data', provider}, {token});
            main.append(data,
              make({id: 'compact', provider, compact: ''}, {token: () => token}),
              make({id: 'insufficient', provider: few}, {token: async () => token}),
              make({id: 'hidden', provider: crypto.randomUUID()}, {token}),
              make({id: 'unavailable', provider}, {token: 'nonsense'}),
              make({id: 'loading'}));
            main.querySelectorAll('response-metrics').forEach(badge => badge.style.marginBlockEnd = '1rem');
            data.addEventListener('statechange', ({detail}) => {
              if (detail.state !== 'data' || main.querySelector('#stale')) return;
              const metrics = data.profile.responseMetrics;
              const asOf = new Date(Date.now() - 3 * 3600 * 1000).toISOString();
              main.append(make({id: 'stale'}, {profile: {...data.profile, responseMetrics: {...metrics, stale: true, asOf},
                availability: {usuallyAnswers: 'Usually answers every day, all day, UTC', away: null}}}));
            });
            """;

    private final Person client = Person.client();
    private final Person provider = Person.provider();
    private final Person few = Person.provider();

    @ParameterizedTest
    @MethodSource("io.replymeter.local.e2e.Pages#looks")
    void everyStateIsGoodInEveryLook(Look look, Browser browser) {
        showAll(browser.as(look));

        for (String state : new String[] {"data", "insufficient", "stale", "unavailable", "loading", "hidden"}) {
            browser.eventually(() -> assertThat(state(browser, state)).isEqualTo(state));
        }
        assertThat(browser.shows(By.id("hidden"))).isFalse();
        browser.check("badge");
    }

    @Test
    void forcedColoursAndReducedMotionAreRespected(Browser browser) {
        browser.prefers("forced-colors", "active").prefers("prefers-reduced-motion", "reduce");
        showAll(browser);

        browser.eventually(() -> assertThat(state(browser, "stale")).isEqualTo("stale"));
        assertThat(browser.script("""
                return getComputedStyle(document.getElementById('loading').shadowRoot.querySelector('.bar')).animationName
                """)).isEqualTo("none");
        browser.check("badge-forced-colors");
    }

    @Test
    void anAnswerThatHasNotChangedIsNotReadAgain(Browser browser) {
        showAll(browser);
        browser.eventually(() -> assertThat(state(browser, "data")).isEqualTo("data"));

        Object statuses = browser.script("""
                return (async () => {
                  const badge = document.getElementById('data');
                  const real = window.fetch;
                  const statuses = [];
                  window.fetch = async (...request) => {
                    const answer = await real(...request);
                    statuses.push(answer.status);
                    return answer;
                  };
                  await badge.reload();
                  window.fetch = real;
                  return statuses.join();
                })()
                """);

        assertThat(statuses).isEqualTo("304");
    }

    @Test
    void hoveringALabelSaysWhatItsNumberMeans(Browser browser) {
        showAll(browser);
        browser.eventually(() -> assertThat(state(browser, "data")).isEqualTo("data"));

        browser.hover(By.id("data")).script("""
                document.getElementById('data').shadowRoot.getElementById('rate')
                  .dispatchEvent(new PointerEvent('pointerenter'))
                """);

        assertThat(Pages.help(browser)).startsWith("Responses within 24 hours");
        browser.assertAccessible();
    }

    private void showAll(Browser browser) {
        new History().threeAnswered(client, provider, ofMinutes(90)).happened();
        await().until(() -> client.seesMetricsOf(provider).has("responseRate"));
        browser.expectStatus(401).expectStatus(404).open(Pages.url("")).find("#token");
        browser.script(
                ON_A_PAGE, client.token(), provider.id().toString(), few.id().toString());
    }

    private static String state(Browser browser, String id) {
        return String.valueOf(browser.script("return document.getElementById(arguments[0])?.state", id));
    }
}
