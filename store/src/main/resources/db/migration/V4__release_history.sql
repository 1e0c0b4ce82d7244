-- Which versions had all the traffic of their service, in that order: the way back of a rollback (HO-10).

CREATE TABLE release_history (
    environment_id TEXT    NOT NULL,
    service        TEXT    NOT NULL,
    position       INTEGER NOT NULL,
    number         INTEGER NOT NULL,
    PRIMARY KEY (environment_id, service, position),
    FOREIGN KEY (environment_id, service, number) REFERENCES version (environment_id, service, number) ON DELETE CASCADE
);

-- Until now each version got all the traffic when it was deployed.
INSERT INTO release_history (environment_id, service, position, number)
SELECT environment_id, service, number, number FROM version;
