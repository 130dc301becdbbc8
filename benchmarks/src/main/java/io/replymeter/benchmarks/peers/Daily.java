package io.replymeter.benchmarks.peers;

/** The table in which a peer keeps providers' days in PostgreSQL. */
final class Daily {

    static final String CREATE = """
            CREATE TABLE daily (
                provider_id      uuid NOT NULL,
                day              integer NOT NULL,
                inquiries        bigint NOT NULL,
                answered         bigint NOT NULL,
                answered_late    bigint NOT NULL,
                response_micros  bigint NOT NULL,
                PRIMARY KEY (provider_id, day)
            )
            """;

    static final String READ =
            "SELECT provider_id, day, inquiries, answered, answered_late, response_micros FROM daily";

    private Daily() {}
}
