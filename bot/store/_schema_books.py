"""The tables of the small books, as migration m008 made them."""

BOOKS = """
    CREATE TABLE log (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        workspace TEXT NOT NULL REFERENCES workspaces(id),
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        what TEXT NOT NULL,
        subject TEXT NOT NULL,
        details TEXT NOT NULL DEFAULT '{}',
        undoes INTEGER REFERENCES log(id)
    ) STRICT;
    CREATE INDEX log_in_order ON log (workspace, id DESC);
    CREATE INDEX log_undone ON log (undoes) WHERE undoes IS NOT NULL;
    CREATE TRIGGER log_unchanged BEFORE UPDATE ON log BEGIN
        SELECT RAISE(ABORT, 'the log is append-only');
    END;
    CREATE TRIGGER log_undeleted BEFORE DELETE ON log BEGIN
        SELECT RAISE(ABORT, 'the log is append-only');
    END;
    CREATE TABLE watched_files (
        workspace TEXT NOT NULL REFERENCES workspaces(id),
        path TEXT NOT NULL,
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        hash TEXT NOT NULL,
        outcome TEXT NOT NULL,
        source INTEGER REFERENCES sources(id),
        PRIMARY KEY (workspace, path)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE saved_queries (
        workspace TEXT NOT NULL REFERENCES workspaces(id),
        token TEXT NOT NULL,
        state TEXT NOT NULL,
        PRIMARY KEY (workspace, token)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE kept (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
"""
