-- The response-metrics records. The primary key serves every query: a provider's inquiries by the time they opened.
CREATE TABLE inquiry (
    generation           smallint NOT NULL,
    provider_id          uuid NOT NULL,
    opened_at            timestamptz NOT NULL,
    conversation_id      uuid NOT NULL,
    initial_message_id   uuid NOT NULL,
    client_id            uuid NOT NULL,
    response_message_id  uuid,
    responded_at         timestamptz,
    PRIMARY KEY (provider_id, opened_at, conversation_id, initial_message_id, generation),
    CHECK ((response_message_id IS NULL) = (responded_at IS NULL)),
    CHECK (responded_at >= opened_at)
) PARTITION BY LIST (generation);
