-- The trace in which an event was accepted, as a W3C traceparent; null if it is not traced.
ALTER TABLE outbox ADD COLUMN traceparent text;
