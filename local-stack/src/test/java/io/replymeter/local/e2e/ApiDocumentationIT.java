package io.replymeter.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.local.browser.Browser;
import io.replymeter.local.browser.BrowserTest;
import io.replymeter.local.browser.Look;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** Swagger UI at {@code /docs/} of both services. */
@BrowserTest
class ApiDocumentationIT {

    /** What Swagger UI breaks in its own elements and colours; docs/operate.md says so. */
    private static final String[] SWAGGER_UIS_OWN = {
        "color-contrast", "heading-order", "nested-interactive", "region", "select-name", "target-size"
    };

    @Test
    void metricsAreDescribed(Browser browser) {
        describes(EndToEnd.metricsUrl(), "One provider's response metrics", browser);
    }

    @Test
    void messagingIsDescribed(Browser browser) {
        describes(EndToEnd.messagingUrl(), "/api/v1/messages", browser);
    }

    private static void describes(String url, String operation, Browser browser) {
        for (Look look : new Look[] {Look.DESKTOP, Look.PHONE}) {
            browser.as(look)
                    .open(url + "/docs")
                    .awaitText(operation)
                    .assertQuiet()
                    .assertAccessible(SWAGGER_UIS_OWN)
                    .screenshot("docs-" + (url.equals(EndToEnd.metricsUrl()) ? "metrics" : "messaging"));
        }
        assertThat(browser.url()).isEqualTo(url + "/docs/");
        browser.find(By.xpath("//*[contains(text(), 'Replymeter')]"));
    }
}
