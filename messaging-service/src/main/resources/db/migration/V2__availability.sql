-- When providers answer: their opening hours and absences. Read by each message to a provider, as one row.
CREATE TABLE availability (
    provider_id  uuid  PRIMARY KEY REFERENCES users,
    time_zone    text  NOT NULL, -- an IANA name; what it means is decided when it is read
    weekly_hours jsonb NOT NULL, -- [{day, from, to}]; empty means always open
    absences     jsonb NOT NULL  -- [{from, to}], days in the time zone, both included; past ones for the yearly limit
);
