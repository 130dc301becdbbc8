package io.replymeter.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The alert rules and dashboards in observability name meters and paragraphs of the documentation, which have to exist. That
 * the documented meters exist is tested in the services; what the rules do, in alerts_test.yml.
 */
class ObservabilityTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern METER = Pattern.compile("replymeter_[a-z_]+");
    private static final Pattern ALERT = Pattern.compile("(?m)^ +- alert: (\\w+)$");
    private static final Pattern RUNBOOK_URL = Pattern.compile("(?m)^ +runbook_url: docs/runbook.md#(\\w+)$");
    private static final Pattern HEADING = Pattern.compile("(?m)^## (\\w+)$");

    @Test
    void theyNameNoMeterThatIsNotDocumented() {
        Set<String> documented = found(METER, read("docs/operate.md"), 0);

        assertThat(Stream.of(
                                "prometheus/alerts.yml",
                                "grafana/dashboards/messaging-service.json",
                                "grafana/dashboards/metrics-service.json")
                        .flatMap(file -> found(METER, read("observability/" + file), 0).stream())
                        .map(name -> name.replaceFirst("_(sum|count)$", "")))
                .isNotEmpty()
                .isSubsetOf(documented);
    }

    @Test
    void everyAlertHasItsParagraphInTheRunbook() {
        String alerts = read("observability/prometheus/alerts.yml");
        Set<String> headings = found(HEADING, read("docs/runbook.md"), 1);

        assertThat(found(ALERT, alerts, 1)).isNotEmpty().isEqualTo(headings);
        assertThat(found(RUNBOOK_URL, alerts, 1))
                .isEqualTo(headings.stream().map(String::toLowerCase).collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Set<String> found(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(group))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
