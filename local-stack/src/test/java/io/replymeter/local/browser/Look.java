package io.replymeter.local.browser;

import java.util.Locale;
import java.util.stream.Stream;

/**
 * How somebody looks at a page.
 *
 * @param width of the window in CSS pixels
 * @param scheme the preferred colours
 * @param language the first of {@code Accept-Language}
 */
public record Look(int width, Scheme scheme, String language) {

    public enum Scheme {
        LIGHT,
        DARK
    }

    public static final Look DESKTOP = new Look(1280, Scheme.LIGHT, "en");
    public static final Look PHONE = new Look(360, Scheme.LIGHT, "en");

    /** Phone and desktop, light and dark, in English. */
    public static Stream<Look> all() {
        return Stream.of(PHONE, DESKTOP, PHONE.dark(), DESKTOP.dark());
    }

    public Look dark() {
        return new Look(width, Scheme.DARK, language);
    }

    public Look in(String otherLanguage) {
        return new Look(width, scheme, otherLanguage);
    }

    /** A part of a file's name. */
    @Override
    public String toString() {
        return width + "-" + scheme.name().toLowerCase(Locale.ROOT) + "-" + language;
    }
}
