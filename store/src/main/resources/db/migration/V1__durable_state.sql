-- Valid for SQLite and PostgreSQL. Instants are nanoseconds since 1970 (BIGINT). Columns called "sealed_…" are encrypted.

CREATE TABLE secret (
    name         TEXT   NOT NULL PRIMARY KEY,
    sealed_value TEXT   NOT NULL,
    created_at   BIGINT NOT NULL
);

CREATE TABLE app (
    id            TEXT NOT NULL PRIMARY KEY,
    kind          TEXT NOT NULL,
    sealed_secret TEXT NOT NULL
);

CREATE TABLE environment (
    id     TEXT NOT NULL PRIMARY KEY,
    app_id TEXT NOT NULL REFERENCES app (id)
);

CREATE TABLE environment_grant (
    environment_id TEXT NOT NULL REFERENCES environment (id) ON DELETE CASCADE,
    app_id         TEXT NOT NULL REFERENCES app (id),
    PRIMARY KEY (environment_id, app_id)
);

CREATE TABLE service (
    environment_id TEXT NOT NULL REFERENCES environment (id),
    name           TEXT NOT NULL,
    access         TEXT NOT NULL,
    PRIMARY KEY (environment_id, name)
);

-- Outlives its service, so that no number is handed out twice (HO-3).
CREATE TABLE version_number (
    environment_id TEXT    NOT NULL,
    service        TEXT    NOT NULL,
    last           INTEGER NOT NULL,
    PRIMARY KEY (environment_id, service)
);

CREATE TABLE version (
    environment_id TEXT    NOT NULL,
    service        TEXT    NOT NULL,
    number         INTEGER NOT NULL,
    digest         TEXT    NOT NULL,
    launch         TEXT    NOT NULL,
    settings       TEXT    NOT NULL,
    created_at     BIGINT  NOT NULL,
    PRIMARY KEY (environment_id, service, number),
    FOREIGN KEY (environment_id, service) REFERENCES service (environment_id, name) ON DELETE CASCADE
);

CREATE TABLE release_share (
    environment_id TEXT    NOT NULL,
    service        TEXT    NOT NULL,
    position       INTEGER NOT NULL,
    number         INTEGER NOT NULL,
    weight         INTEGER NOT NULL,
    PRIMARY KEY (environment_id, service, position),
    FOREIGN KEY (environment_id, service, number) REFERENCES version (environment_id, service, number) ON DELETE CASCADE
);

CREATE TABLE session (
    id                 TEXT   NOT NULL PRIMARY KEY,
    app_id             TEXT   NOT NULL,
    open_id            TEXT   NOT NULL,
    union_id           TEXT,
    sealed_session_key TEXT   NOT NULL,
    created_at         BIGINT NOT NULL,
    last_used_at       BIGINT NOT NULL
);

CREATE INDEX session_created_at ON session (created_at);
CREATE INDEX session_last_used_at ON session (last_used_at);
