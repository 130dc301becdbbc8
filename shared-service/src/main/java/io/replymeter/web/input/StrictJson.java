package io.replymeter.web.input;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** How the bodies of requests are read. What a service keeps or gets from elsewhere is read by its ordinary mapper. */
final class StrictJson {

    private StrictJson() {}

    /** {@code ordinary}, but that a value of another type, a field twice or an unknown field is an error. */
    static JsonMapper.Builder from(JsonMapper ordinary) {
        return ordinary.rebuild()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfigDefaults(coercions -> coercions
                        .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.EmptyArray, CoercionAction.Fail))
                .addModule(new SimpleModule("strict")
                        .addDeserializer(String.class, new OfText<>(String.class, StrictJson::wellFormed))
                        .addDeserializer(UUID.class, new OfText<>(UUID.class, CanonicalUuid::parse))
                        .addDeserializer(Duration.class, new OfText<>(Duration.class, Duration::parse))
                        .addDeserializer(LocalDate.class, new OfText<>(LocalDate.class, LocalDate::parse)));
    }

    /** PostgreSQL keeps no surrogate without its other half, and no event can carry one. */
    private static String wellFormed(String text) {
        boolean broken = text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE);
        if (broken) {
            throw new IllegalArgumentException("an unpaired surrogate");
        }
        return text;
    }

    /** Reads a JSON string, and nothing else, by a function that refuses with an IllegalArgument- or DateTimeException. */
    private static final class OfText<T> extends StdScalarDeserializer<T> {

        private final Class<T> type;
        private final transient Function<String, T> parse;

        OfText(Class<T> type, Function<String, T> parse) {
            super(type);
            this.type = type;
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return context.reportInputMismatch(type, "not a JSON string");
            }
            try {
                return parse.apply(parser.getString());
            } catch (IllegalArgumentException | DateTimeException e) {
                return context.reportInputMismatch(type, "not a %s", type.getSimpleName());
            }
        }
    }
}
