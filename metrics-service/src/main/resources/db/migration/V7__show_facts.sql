-- The facts as rows, for people: SELECT * FROM fact WHERE conversation_id = '…'.
CREATE VIEW fact AS
SELECT c.generation,
       c.conversation_id,
       encode(substring(c.facts FROM n * 26 + 11 FOR 16), 'hex')::uuid AS message_id,
       'epoch'::timestamptz + ('x' || encode(substring(c.facts FROM n * 26 + 3 FOR 8), 'hex'))::bit(64)::bigint
           * interval '1 microsecond' AS sent_at,
       encode(substring(c.threads FROM t.thread * 56 + 1 FOR 16), 'hex')::uuid AS client_id,
       encode(substring(c.threads FROM t.thread * 56 + 17 FOR 16), 'hex')::uuid AS provider_id,
       CASE get_byte(c.facts, n * 26 + 1) & 1 WHEN 1 THEN 'CLIENT' ELSE 'PROVIDER' END AS sender_role
FROM conversation c,
     generate_series(0, length(c.facts) / 26 - 1) AS n,
     LATERAL (SELECT (get_byte(c.facts, n * 26) * 256 + get_byte(c.facts, n * 26 + 1)) >> 1 AS thread) AS t;
