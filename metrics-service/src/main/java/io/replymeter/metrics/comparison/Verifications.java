package io.replymeter.metrics.comparison;

import io.replymeter.metrics.comparison.Differences.ProviderDifference;
import io.replymeter.metrics.comparison.Differences.RowDifference;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The last comparison of each generation: the table verification. Thread-safe. */
@Repository
public class Verifications {

    private static final String SAVE = """
            INSERT INTO verification (generation, report, differences) VALUES (:generation, :report::jsonb, :differences::jsonb)
            ON CONFLICT (generation) DO UPDATE SET report = excluded.report, differences = excluded.differences
            """;
    private static final String REPORT = "SELECT report FROM verification WHERE generation = :generation";
    private static final String REPORT_AND_DIFFERENCES =
            "SELECT report, differences FROM verification WHERE generation = :generation";
    private static final String DELETE = "DELETE FROM verification WHERE generation = :generation";

    /**
     * A comparison and the first differences in detail.
     *
     * @param providers at most 100
     * @param rows at most 100 of each layer
     */
    public record ComparisonResult(Verification report, List<ProviderDifference> providers, List<RowDifference> rows) {}

    private record Details(List<ProviderDifference> providers, List<RowDifference> rows) {}

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Verifications(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    public void save(int generation, ComparisonResult found) {
        jdbc.sql(SAVE)
                .param("generation", generation)
                .param("report", json.writeValueAsString(found.report()))
                .param("differences", json.writeValueAsString(new Details(found.providers(), found.rows())))
                .update();
    }

    public Optional<Verification> find(int generation) {
        return jdbc.sql(REPORT)
                .param("generation", generation)
                .query(String.class)
                .optional()
                .map(report -> json.readValue(report, Verification.class));
    }

    /** The last comparison with the first differences in detail. */
    public Optional<ComparisonResult> findWithDetails(int generation) {
        return jdbc.sql(REPORT_AND_DIFFERENCES)
                .param("generation", generation)
                .query((row, number) -> {
                    Details details = json.readValue(row.getString("differences"), Details.class);
                    return new ComparisonResult(
                            json.readValue(row.getString("report"), Verification.class),
                            details.providers(),
                            details.rows());
                })
                .optional();
    }

    /** Forgets the comparison of {@code generation}. */
    public void delete(int generation) {
        jdbc.sql(DELETE).param("generation", generation).update();
    }
}
