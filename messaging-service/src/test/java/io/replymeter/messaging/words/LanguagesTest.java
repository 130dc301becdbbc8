package io.replymeter.messaging.words;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.util.ULocale;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LanguagesTest {

    private static final Languages LANGUAGES = new Languages();

    static Iterable<Words> all() {
        return LANGUAGES.all();
    }

    @Test
    void eachFileIsALanguage() {
        assertThat(LANGUAGES.all()).extracting(Words::language).containsExactly("ar", "de", "en", "es", "fr");
        assertThat(LANGUAGES.all())
                .extracting(Words::name)
                .containsExactly("العربية", "Deutsch", "English", "español", "français");
        assertThat(LANGUAGES.all())
                .filteredOn(Words::isRightToLeft)
                .extracting(Words::language)
                .containsExactly("ar");
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachLanguageHasEveryTextWithTheSameArguments(Words words) {
        Map<String, String> english = LANGUAGES.english().startingWith("");
        Map<String, String> texts = words.startingWith("");

        assertThat(texts.keySet()).isEqualTo(english.keySet());
        texts.forEach((key, text) -> assertThat(arguments(text))
                .as(words.language() + " " + key)
                .isEqualTo(arguments(String.valueOf(english.get(key)))));
    }

    private static Set<String> arguments(String text) {
        return new TreeSet<>(new MessageFormat(text, ULocale.ENGLISH).getArgumentNames());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none,                          en",
                "'',                            en",
                "de,                            de",
                "de-CH,                         de",
                "'nl, fr-CA;q=0.8, de;q=0.7',   fr",
                "'en;q=0.1, es',                es",
                "ar-EG,                         ar",
                "'nl,pl',                       en",
                "*,                             en",
                "'de;q=x',                      en",
                ";;,                            en",
            })
    void aReaderGetsThePreferredLanguageThatIsThereAndElseEnglish(@Nullable String acceptLanguage, String language) {
        assertThat(LANGUAGES.preferredBy(acceptLanguage).language()).isEqualTo(language);
    }

    @ParameterizedTest
    @CsvSource({
        "en, 2 hours 30 minutes,     1 day 5 hours,        less than a minute,       85%",
        "de, 2 Stunden 30 Minuten,   1 Tag 5 Stunden,      weniger als eine Minute,  85\u00a0%",
        "fr, 2\u00a0heures 30 minutes, 1\u00a0jour 5\u00a0heures, moins d’une minute, 85\u00a0%",
        "es, 2 horas y 30 minutos,   1 día y 5 horas,      menos de un minuto,       85\u00a0%",
        "ar, ساعتان و30 دقيقة,        يوم و5 ساعات,          أقل من دقيقة,              85\u200e%\u200e",
    })
    void timesAndRatesReadAsInTheLanguage(String language, String hours, String days, String seconds, String rate) {
        Words words = LANGUAGES.preferredBy(language);

        assertThat(words.duration(Duration.ofMinutes(150))).isEqualTo(hours);
        assertThat(words.duration(Duration.ofHours(29))).isEqualTo(days);
        assertThat(words.duration(Duration.ofSeconds(3))).isEqualTo(seconds);
        assertThat(words.rate(17, 20)).isEqualTo(rate);
    }

    @ParameterizedTest
    @CsvSource({
        "ar, 1,  بناءً على استفسار واحد خلال اليوم الأخير",
        "ar, 2,  بناءً على استفسارين خلال آخر يومين",
        "ar, 3,  بناءً على 3 استفسارات خلال آخر 3 أيام",
        "ar, 11, بناءً على 11 استفسارًا خلال آخر 11 يومًا",
        "de, 1,  Grundlage: 1 Anfrage am letzten Tag",
        "de, 30, Grundlage: 30 Anfragen in den letzten 30 Tagen",
        "fr, 1,  D’après 1 demande du dernier jour",
        "es, 30, Según 30 consultas de los últimos 30 días",
    })
    void pluralsAreThoseOfTheLanguage(String language, int number, String basis) {
        assertThat(LANGUAGES.preferredBy(language).say("basis", Map.of("inquiries", number, "days", number)))
                .isEqualTo(basis);
    }

    @ParameterizedTest
    @CsvSource({
        "en, Away until 5 December",
        "de, Abwesend bis 5. Dezember",
        "fr, En congé jusqu’au 5 décembre",
        "es, Ausente hasta el 5 de diciembre",
        "ar, غائب حتى 5 ديسمبر",
    })
    void daysReadAsInTheLanguage(String language, String away) {
        assertThat(LANGUAGES.preferredBy(language).say("away", Map.of("day", LocalDate.of(2026, 12, 5))))
                .isEqualTo(away);
    }
}
