package io.replymeter.messaging.profile;

/** A number with its noun: "1 inquiry", "15 inquiries". */
final class Counted {

    private Counted() {}

    static String hours(long number) {
        return of(number, "hour", "hours");
    }

    static String inquiries(long number) {
        return of(number, "inquiry", "inquiries");
    }

    static String of(long number, String singular, String plural) {
        return number + " " + (number == 1 ? singular : plural);
    }
}
