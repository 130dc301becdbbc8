package io.replymeter.messaging.words;

import static java.util.stream.Collectors.toMap;

import com.ibm.icu.util.ULocale;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.Objects;
import java.util.PropertyResourceBundle;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** The languages there are: each file in {@code words/} is one, named after its tag. Thread-safe. */
@Component
public class Languages {

    private static final String FILES = "classpath:/words/*.properties";
    private static final String ENGLISH = "en";

    private final Map<String, Words> byTag;
    private final List<Locale> locales;

    public Languages() {
        this.byTag = Stream.of(files())
                .map(Languages::read)
                .collect(toMap(Words::language, words -> words, (one, other) -> one, TreeMap::new));
        this.locales = byTag.keySet().stream().map(Locale::forLanguageTag).toList();
    }

    /** All of them, by their tags. */
    public Collection<Words> all() {
        return List.copyOf(byTag.values());
    }

    public Words english() {
        return Objects.requireNonNull(byTag.get(ENGLISH));
    }

    /**
     * The words that a reader prefers; English if none of the languages is theirs.
     *
     * @param acceptLanguage the header of that name; anything that is not one counts as none
     */
    public Words preferredBy(@Nullable String acceptLanguage) {
        Locale found = acceptLanguage == null ? null : Locale.lookup(ranges(acceptLanguage), locales);
        return found == null ? english() : byTag.getOrDefault(found.toLanguageTag(), english());
    }

    private static List<LanguageRange> ranges(String acceptLanguage) {
        try {
            return LanguageRange.parse(acceptLanguage);
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    private static Resource[] files() {
        try {
            return new PathMatchingResourcePatternResolver().getResources(FILES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Words read(Resource file) {
        String tag = Objects.requireNonNull(file.getFilename()).replace(".properties", "");
        try (Reader reader = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
            return new Words(ULocale.forLanguageTag(tag), new PropertyResourceBundle(reader));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
