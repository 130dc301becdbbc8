package io.replymeter.web.input;

import java.beans.PropertyEditorSupport;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.beans.PropertyEditorRegistry;
import org.springframework.core.convert.converter.ConverterRegistry;

/**
 * Ids and numbers of paths and queries, which are written in one way. Spring's own also take 1-1-1-1-1, 0x1F, #1F and
 * spaces, and it falls back to its editors where a converter refuses: so single values have an editor, lists a converter.
 */
final class StrictParameters {

    private StrictParameters() {}

    static void addEditors(PropertyEditorRegistry editors) {
        editors.registerCustomEditor(UUID.class, new Editor(CanonicalUuid::parse));
        editors.registerCustomEditor(int.class, new Editor(StrictParameters::integer));
        editors.registerCustomEditor(long.class, new Editor(StrictParameters::number));
    }

    static void addConverters(ConverterRegistry converters) {
        converters.addConverter(String.class, UUID.class, CanonicalUuid::parse);
    }

    private static Integer integer(String text) {
        return Integer.valueOf(decimal(text));
    }

    private static Long number(String text) {
        return Long.valueOf(decimal(text));
    }

    private static String decimal(String text) {
        if (!text.matches("-?[0-9]+")) {
            throw new IllegalArgumentException("not a number");
        }
        return text;
    }

    private static final class Editor extends PropertyEditorSupport {

        private final Function<String, ?> parse;

        Editor(Function<String, ?> parse) {
            this.parse = parse;
        }

        @Override
        public void setAsText(String text) {
            setValue(parse.apply(text));
        }
    }
}
