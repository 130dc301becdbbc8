package io.replymeter.metrics.rebuild;

import io.replymeter.metrics.rebuild.Differences.ProviderDifference;
import io.replymeter.metrics.rebuild.Differences.RowDifference;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The last comparison of each generation. Thread-safe. */
@Repository
class Verifications {

    private static final String SAVE = """
            INSERT INTO verification (generation, report, differences) VALUES (?, ?::jsonb, ?::jsonb)
            ON CONFLICT (generation) DO UPDATE SET report = excluded.report, differences = excluded.differences
            """;
    private static final String REPORT = "SELECT report FROM verification WHERE generation = ?";
    private static final String DIFFERENCES = "SELECT differences FROM verification WHERE generation = ?";

    /**
     * A comparison and the first differences in detail.
     *
     * @param providers at most 100
     * @param rows at most 100 of each layer
     */
    record Found(Verification report, List<ProviderDifference> providers, List<RowDifference> rows) {}

    record Details(List<ProviderDifference> providers, List<RowDifference> rows) {

        static final Details NONE = new Details(List.of(), List.of());
    }

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Verifications(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void save(int generation, Found found) {
        jdbc.sql(SAVE)
                .params(
                        generation,
                        json.writeValueAsString(found.report()),
                        json.writeValueAsString(new Details(found.providers(), found.rows())))
                .update();
    }

    Optional<Verification> find(int generation) {
        return jdbc.sql(REPORT)
                .param(generation)
                .query(String.class)
                .optional()
                .map(report -> json.readValue(report, Verification.class));
    }

    Details details(int generation) {
        return jdbc.sql(DIFFERENCES)
                .param(generation)
                .query(String.class)
                .optional()
                .map(details -> json.readValue(details, Details.class))
                .orElse(Details.NONE);
    }
}
