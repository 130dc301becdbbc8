package io.replymeter.local.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openqa.selenium.chrome.ChromeDriver;

/** Looks for what keeps people from using the page, with axe-core. */
final class Axe {

    /** Also what WCAG 2.2 added, which axe-core does not check unless it is told to. */
    private static final String RUN = """
            const [rules, done] = arguments;
            axe.run(document, {rules}).then(
              result => done(result.violations.flatMap(violation => violation.nodes.map(
                node => `${violation.id}: ${node.target}: ${node.failureSummary}\\n${node.html}`))),
              error => done([String(error)]));
            """;

    private Axe() {}

    /** @param others rules that are not for us to keep */
    static void assertNoViolations(ChromeDriver driver, String... others) {
        Map<String, Map<String, Boolean>> rules = new HashMap<>(Map.of("target-size", Map.of("enabled", true)));
        for (String other : others) {
            rules.put(other, Map.of("enabled", false));
        }
        driver.executeScript(Source.TEXT);
        Object violations = driver.executeAsyncScript(RUN, rules);
        assertThat((List<?>) violations).as("what axe-core found").isEmpty();
    }

    private static final class Source {

        static final String TEXT = read();

        private static String read() {
            try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
                return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
