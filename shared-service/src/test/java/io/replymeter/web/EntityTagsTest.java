package io.replymeter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class EntityTagsTest {

    private static final Instant THEN = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:01Z");

    private final EntityTags tags = new EntityTags(new JsonMapper());

    record Numbers(String rate, @Nullable Instant lastUpdated, Instant asOf, boolean stale) {}

    record Page(String name, List<Numbers> numbers) {}

    @Test
    void aTagIsWeakAndTheSameForTheSameAnswer() {
        assertThat(tag("85%", THEN, false)).isEqualTo(tag("85%", THEN, false)).matches("W/\"[\\w-]{16}\"");
        assertThat(tag("85%", THEN, false)).isNotEqualTo(tag("84%", THEN, false));
    }

    @Test
    void whenAnAnswerWasMadeChangesNothing() {
        assertThat(tag("85%", NOW, false)).isEqualTo(tag("85%", THEN, false));
    }

    @Test
    void theAgeOfAStaleAnswerIsPartOfIt() {
        assertThat(tag("85%", NOW, true)).isNotEqualTo(tag("85%", THEN, true));
        assertThat(tag("85%", NOW, true)).isNotEqualTo(tag("85%", NOW, false));
    }

    private String tag(String rate, Instant asOf, boolean stale) {
        return tags.of(new Page("Bo", List.of(new Numbers(rate, null, asOf, stale))));
    }
}
