-- Runs once, when the volume is new: creates a database for each service, and a role that owns it and can use no other.
\getenv messaging_password REPLYMETER_MESSAGING_DATABASE_PASSWORD
\getenv metrics_password REPLYMETER_METRICS_DATABASE_PASSWORD

CREATE ROLE messaging LOGIN PASSWORD :'messaging_password';
CREATE DATABASE messaging OWNER messaging;
REVOKE ALL ON DATABASE messaging FROM PUBLIC;

CREATE ROLE metrics LOGIN PASSWORD :'metrics_password';
CREATE DATABASE metrics OWNER metrics;
REVOKE ALL ON DATABASE metrics FROM PUBLIC;
