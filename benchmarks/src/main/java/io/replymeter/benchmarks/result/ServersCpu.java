package io.replymeter.benchmarks.result;

/** CPU seconds of PostgreSQL and of the broker. */
public record ServersCpu(double postgresql, double kafka) {

    public static final ServersCpu UNKNOWN = new ServersCpu(0, 0);

    /** What was used since {@code before}. */
    public ServersCpu since(ServersCpu before) {
        return new ServersCpu(postgresql - before.postgresql, kafka - before.kafka);
    }
}
