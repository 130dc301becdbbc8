package io.replymeter.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.local.browser.Browser;
import io.replymeter.local.browser.BrowserTest;
import io.replymeter.local.browser.Look;
import io.replymeter.local.stack.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Becoming anybody of the sample marketplace. */
@BrowserTest
class DemoPeopleIT {

    private final Person client = Person.client();
    private final Person provider = Person.provider();

    @ParameterizedTest
    @MethodSource("io.replymeter.local.e2e.Pages#looks")
    void anybodyIsALinkAway(Look look, Browser browser) throws IOException {
        Files.writeString(
                DataFolder.at(EndToEnd.folder()).demoPeople(), """
                {"people":[{"name":"Cleo","role":"CLIENT","about":null,"token":"%s"},
                 {"name":"Bo","role":"PROVIDER","about":"answers within minutes","token":"%s"}]}
                """.formatted(client.token(), provider.token()));

        browser.as(look).open(Pages.url("#token=" + EndToEnd.token("demo", "demo")));
        browser.find(".person a");
        browser.check("people");
        browser.type("#filter", "minutes")
                .eventually(() -> assertThat(browser.all(".person")).hasSize(1));

        Object link = browser.script("return document.querySelector('.person a').hash");
        browser.open(Pages.url(String.valueOf(link))).awaitText("A provider");
    }
}
