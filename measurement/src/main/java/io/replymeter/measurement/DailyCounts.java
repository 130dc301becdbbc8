package io.replymeter.measurement;

/** The sums of the inquiries that opened on some days. Order does not matter. Mutable, not thread-safe. */
public final class DailyCounts {

    private long inquiries;
    private long answered;
    private long answeredLate;
    private long excusedByPlatform;
    private long excusedByProvider;
    private long responseMicros;
    private final ResponseTimes responseTimes;

    /** The sums of no inquiries. */
    public DailyCounts() {
        this(0, 0, 0, 0, 0, 0, new ResponseTimes());
    }

    public DailyCounts(
            long inquiries,
            long answered,
            long answeredLate,
            long excusedByPlatform,
            long excusedByProvider,
            long responseMicros,
            ResponseTimes responseTimes) {
        this.inquiries = inquiries;
        this.answered = answered;
        this.answeredLate = answeredLate;
        this.excusedByPlatform = excusedByPlatform;
        this.excusedByProvider = excusedByProvider;
        this.responseMicros = responseMicros;
        this.responseTimes = responseTimes;
    }

    public void add(Inquiry inquiry, Ruleset ruleset) {
        count(inquiry, ruleset, 1);
    }

    public void subtract(Inquiry inquiry, Ruleset ruleset) {
        count(inquiry, ruleset, -1);
    }

    private void count(Inquiry inquiry, Ruleset ruleset, int times) {
        inquiries += times;
        Excuse excuse = inquiry.excuse();
        if (excuse != null) {
            excusedByPlatform += excuse.by() == Excuse.By.PLATFORM ? times : 0;
            excusedByProvider += excuse.by() == Excuse.By.PROVIDER ? times : 0;
        }
        if (!inquiry.isAnswered()) {
            return;
        }
        if (inquiry.responseTime() <= Micros.of(ruleset.answerWithin())) {
            answered += times;
        } else {
            answeredLate += times;
        }
        responseMicros += times * inquiry.responseTime();
        responseTimes.add(inquiry.responseTime(), times);
    }

    public void addAll(DailyCounts other) {
        inquiries += other.inquiries;
        answered += other.answered;
        answeredLate += other.answeredLate;
        excusedByPlatform += other.excusedByPlatform;
        excusedByProvider += other.excusedByProvider;
        responseMicros += other.responseMicros;
        responseTimes.addAll(other.responseTimes);
    }

    public long inquiries() {
        return inquiries;
    }

    /** Inquiries answered within {@link Ruleset#answerWithin()}. */
    public long answered() {
        return answered;
    }

    public long answeredLate() {
        return answeredLate;
    }

    public long excusedByPlatform() {
        return excusedByPlatform;
    }

    public long excusedByProvider() {
        return excusedByProvider;
    }

    /** Inquiries without a response or an excuse. Whether they are pending, overdue or lost depends on the time of looking. */
    public long open() {
        return inquiries - answered - answeredLate - excusedByPlatform - excusedByProvider;
    }

    /** The sum of the response times, in microseconds. */
    public long responseMicros() {
        return responseMicros;
    }

    public ResponseTimes responseTimes() {
        return responseTimes;
    }
}
