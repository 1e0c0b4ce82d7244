-- What the services of an environment may ask of WeChat (OA-3, OA-4). Without a row: the defaults.

CREATE TABLE cloud_call (
    environment_id TEXT    NOT NULL PRIMARY KEY REFERENCES environment (id) ON DELETE CASCADE,
    switched_on    BOOLEAN NOT NULL,
    tokens         BOOLEAN NOT NULL,
    paths          TEXT    NOT NULL -- one per line
);

-- WeChat's access tokens, and which node is renewing one.
CREATE TABLE access_token (
    app_id        TEXT NOT NULL PRIMARY KEY REFERENCES app (id) ON DELETE CASCADE,
    sealed_token  TEXT,
    issued_at     BIGINT,
    expires_at    BIGINT,
    renewer       TEXT,
    renewal_until BIGINT
);
