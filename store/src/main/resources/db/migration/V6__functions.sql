-- Cloud functions. One version of a function is live.

CREATE TABLE function (
    environment_id TEXT    NOT NULL REFERENCES environment (id),
    name           TEXT    NOT NULL,
    live           INTEGER NOT NULL,
    PRIMARY KEY (environment_id, name)
);

-- Outlives its function, so that no number is handed out twice.
CREATE TABLE function_number (
    environment_id TEXT    NOT NULL,
    function       TEXT    NOT NULL,
    last           INTEGER NOT NULL,
    PRIMARY KEY (environment_id, function)
);

CREATE TABLE function_version (
    environment_id  TEXT    NOT NULL,
    function        TEXT    NOT NULL,
    number          INTEGER NOT NULL,
    sealed_digest   TEXT    NOT NULL,
    sealed_settings TEXT    NOT NULL,
    created_at      BIGINT  NOT NULL,
    PRIMARY KEY (environment_id, function, number),
    FOREIGN KEY (environment_id, function) REFERENCES function (environment_id, name) ON DELETE CASCADE
);

-- Which versions were live, in that order: the way back.
CREATE TABLE function_history (
    environment_id TEXT    NOT NULL,
    function       TEXT    NOT NULL,
    position       INTEGER NOT NULL,
    number         INTEGER NOT NULL,
    PRIMARY KEY (environment_id, function, position),
    FOREIGN KEY (environment_id, function, number)
        REFERENCES function_version (environment_id, function, number) ON DELETE CASCADE
);

-- The latest run of each trigger that some node claimed (HO-64). Outlives the function's versions, not the function.
CREATE TABLE trigger_tick (
    environment_id TEXT   NOT NULL,
    function       TEXT   NOT NULL,
    name           TEXT   NOT NULL,
    tick           BIGINT NOT NULL,
    PRIMARY KEY (environment_id, function, name),
    FOREIGN KEY (environment_id, function) REFERENCES function (environment_id, name) ON DELETE CASCADE
);
