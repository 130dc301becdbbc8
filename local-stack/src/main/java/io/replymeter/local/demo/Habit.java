package io.replymeter.local.demo;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** How a provider of the sample marketplace answers. Times are in UTC. */
enum Habit {
    AT_ONCE("answers within minutes", 60, 0.98, 9, 0, 24, true),
    SAME_DAY("answers within hours, every day", 90, 0.93, 100, 8, 21, true),
    OFFICE_HOURS(
            "answers on weekdays from nine to five, its opening hours, in which alone its clock runs",
            70,
            0.9,
            45,
            9,
            17,
            false),
    EVENINGS("answers in the evening", 45, 0.85, 50, 18, 22, true),
    PICKY("answers every other inquiry", 55, 0.5, 80, 7, 22, true),
    SLOW("answers after a day or two", 40, 0.8, 34 * 60, 6, 23, true),
    SILENT("never answers", 25, 0, 60, 0, 24, true),
    AUTO_REPLYING("sends automatic replies, which do not count, and rarely answers", 20, 0.15, 300, 8, 20, true),
    TEAM("is a team of three: whoever is free answers for it", 60, 0.96, 25, 7, 22, true),
    ACCEPTING("answers by accepting requests with a button", 45, 0.9, 40, 7, 22, true),
    SPAMMED("gets spam, which counts against nobody", 40, 0.95, 30, 8, 21, true),
    ON_HOLIDAY("is on holiday: the clock of a new question starts when that ends", 35, 0.95, 60, 8, 20, true),
    NEW("is new, with fewer than three inquiries", 2, 1, 30, 0, 24, true);

    /** What the user is told about such a provider. */
    final String description;

    /** About how many inquiries such a provider gets in the 30 days. */
    final int inquiries;

    private final double answered;
    private final int typicalMinutes;
    private final int opens;
    private final int closes;
    private final boolean weekends;

    /**
     * @param answered which part of the inquiries is answered, from 0 to 1
     * @param typicalMinutes the median time to an answer, without the hours off work
     * @param opens the hour of the day, from 0 to 24, in which work begins
     * @param closes the hour of the day, from 0 to 24, before which work ends
     */
    Habit(
            String description,
            int inquiries,
            double answered,
            int typicalMinutes,
            int opens,
            int closes,
            boolean weekends) {
        this.description = description;
        this.inquiries = inquiries;
        this.answered = answered;
        this.typicalMinutes = typicalMinutes;
        this.opens = opens;
        this.closes = closes;
        this.weekends = weekends;
    }

    /** When such a provider answers a message sent at {@code asked}; null if never. */
    @Nullable Instant answers(Instant asked, Random random) {
        if (random.nextDouble() >= answered) {
            return null;
        }
        double spread = Math.exp(random.nextGaussian() * 0.7);
        Duration delay = Duration.ofSeconds(20 + Math.round(typicalMinutes * 60 * spread));
        return atWork(asked.plus(delay), random);
    }

    /** The first moment from {@code asked} on that lies in the working hours. */
    Instant opens(Instant asked) {
        ZonedDateTime local = asked.atZone(ZoneOffset.UTC);
        while (!isAtWork(local)) {
            ZonedDateTime opening = local.with(LocalTime.of(opens, 0));
            local = opening.isAfter(local) ? opening : opening.plusDays(1);
        }
        return local.toInstant();
    }

    /** {@code time} itself if it is in the working hours, otherwise a time soon after they begin. */
    private Instant atWork(Instant time, Random random) {
        Instant opening = opens(time);
        return opening.equals(time) ? time : opening.plusSeconds(60 + random.nextInt(1_800));
    }

    private boolean isAtWork(ZonedDateTime local) {
        boolean weekend = local.getDayOfWeek() == DayOfWeek.SATURDAY || local.getDayOfWeek() == DayOfWeek.SUNDAY;
        return local.getHour() >= opens && local.getHour() < closes && (weekends || !weekend);
    }
}
