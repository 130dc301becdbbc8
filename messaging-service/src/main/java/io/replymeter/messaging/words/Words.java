package io.replymeter.messaging.words;

import com.ibm.icu.text.MeasureFormat;
import com.ibm.icu.text.MeasureFormat.FormatWidth;
import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.util.Measure;
import com.ibm.icu.util.MeasureUnit;
import com.ibm.icu.util.ULocale;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.format.TextStyle;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The words of one language ("In words", criteria 1.1 and 1.2). A text is a message of ICU, which knows the language's
 * plurals and numbers. Thread-safe.
 */
public final class Words {

    private static final int MINUTES_PER_HOUR = 60;
    private static final int HOURS_PER_DAY = 24;

    private final ULocale locale;
    private final ResourceBundle texts;
    private final MeasureFormat measures;
    private final Map<String, MessageFormat> messages = new ConcurrentHashMap<>();

    Words(ULocale locale, ResourceBundle texts) {
        this.locale = locale;
        this.texts = texts;
        this.measures = MeasureFormat.getInstance(locale, FormatWidth.WIDE);
    }

    /** The language as in {@code Content-Language}, such as {@code de}. */
    public String language() {
        return locale.toLanguageTag();
    }

    /** The language's own name for itself. */
    public String name() {
        return locale.getDisplayLanguage(locale);
    }

    public boolean isRightToLeft() {
        return locale.isRightToLeft();
    }

    /** The texts whose keys begin with {@code prefix}, as they stand in the file, by what follows it. */
    public Map<String, String> startingWith(String prefix) {
        Map<String, String> found = new TreeMap<>();
        texts.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .forEach(key -> found.put(key.substring(prefix.length()), texts.getString(key)));
        return found;
    }

    /** A text without arguments. */
    public String say(String key) {
        return say(key, Map.of());
    }

    /**
     * A text with its arguments: strings, numbers, enums or dates.
     *
     * @throws java.util.MissingResourceException if there is no such text
     */
    public String say(String key, Map<String, ?> arguments) {
        MessageFormat message = messages.computeIfAbsent(key, it -> new MessageFormat(texts.getString(it), locale));
        synchronized (message) { // its formats are not thread-safe
            return message.format(arguments);
        }
    }

    /**
     * At most two units, each dropped unit rounded half up and carried into the next. Seconds are always dropped, and from
     * 24 hours on minutes too: 28 h 29 min 30 s is 28 h 30 min is "1 day 5 hours".
     *
     * @throws IllegalArgumentException if the duration is negative
     */
    public String duration(Duration duration) {
        long minutes = wholeMinutes(duration);
        if (minutes == 0) {
            return say("less-than-a-minute");
        }
        if (minutes < HOURS_PER_DAY * MINUTES_PER_HOUR) {
            return twoUnits(
                    minutes / MINUTES_PER_HOUR, MeasureUnit.HOUR, minutes % MINUTES_PER_HOUR, MeasureUnit.MINUTE);
        }
        long hours = halfUp(minutes, MINUTES_PER_HOUR);
        return twoUnits(hours / HOURS_PER_DAY, MeasureUnit.DAY, hours % HOURS_PER_DAY, MeasureUnit.HOUR);
    }

    /** A threshold as the rules name it: "24 hours", not "1 day" (criterion 4.3). */
    public String threshold(Duration threshold) {
        boolean wholeHours = threshold.toMinutes() % MINUTES_PER_HOUR == 0;
        return wholeHours
                ? amount(threshold.toHours(), MeasureUnit.HOUR)
                : amount(threshold.toMinutes(), MeasureUnit.MINUTE);
    }

    /**
     * The duration in minutes, rounded half up. It loses nothing that the words would show.
     *
     * @throws IllegalArgumentException if the duration is negative
     */
    public static long wholeMinutes(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a response time is never negative");
        }
        return halfUp(duration.toSeconds(), 60);
    }

    /**
     * Whole percent, rounded half up; "100%" and "0%" only when exact. It takes the counts, because a percentage that was
     * rounded before no longer tells whether it was exact.
     *
     * @throws IllegalArgumentException unless 0 ≤ answered ≤ sampleSize and 0 &lt; sampleSize
     */
    public String rate(long answered, long sampleSize) {
        if (sampleSize <= 0 || answered < 0 || answered > sampleSize) {
            throw new IllegalArgumentException(answered + " of " + sampleSize + " is not a rate");
        }
        return say("rate", Map.of("rate", percent(answered, sampleSize) / 100.0));
    }

    /** "Monday". */
    public String name(DayOfWeek day) {
        return day.getDisplayName(TextStyle.FULL_STANDALONE, locale.toLocale());
    }

    private static long percent(long answered, long sampleSize) {
        if (answered == 0 || answered == sampleSize) {
            return answered == 0 ? 0 : 100;
        }
        long rounded = (200 * answered + sampleSize) / (2 * sampleSize);
        return Math.min(Math.max(rounded, 1), 99);
    }

    private static long halfUp(long amount, int perUnit) {
        return (amount + perUnit / 2) / perUnit;
    }

    private String twoUnits(long larger, MeasureUnit largerUnit, long smaller, MeasureUnit smallerUnit) {
        if (larger == 0) {
            return amount(smaller, smallerUnit);
        }
        String first = amount(larger, largerUnit);
        return smaller == 0
                ? first
                : say("two-units", Map.of("larger", first, "smaller", amount(smaller, smallerUnit)));
    }

    private String amount(long number, MeasureUnit unit) {
        return measures.format(new Measure(number, unit));
    }
}
