"""The tables of the links between entries.

`mentions.linked` says whether the keys of a mention are there; mentions that were held before are taken in batches as
sources come in.
"""

LINKS = """
    CREATE TABLE counters_anew (
        workspace TEXT NOT NULL REFERENCES workspaces(id),
        prefix TEXT NOT NULL CHECK (prefix IN ('C', 'Q', 'F', 'S', 'L')),
        next INTEGER NOT NULL,
        PRIMARY KEY (workspace, prefix)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO counters_anew SELECT * FROM counters;
    DROP TABLE counters;
    ALTER TABLE counters_anew RENAME TO counters;
    CREATE TABLE links (
        id INTEGER PRIMARY KEY,
        workspace TEXT NOT NULL REFERENCES workspaces(id),
        number INTEGER NOT NULL,
        kind TEXT NOT NULL,
        newer INTEGER NOT NULL REFERENCES entries(id),
        older INTEGER NOT NULL REFERENCES entries(id),
        reason TEXT NOT NULL,
        makes TEXT NOT NULL,
        status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'confirmed', 'rejected', 'later')),
        at TEXT NOT NULL,
        UNIQUE (workspace, number),
        UNIQUE (newer, older),
        CHECK (newer <> older)
    ) STRICT;
    CREATE INDEX links_of_older ON links (older);
    CREATE INDEX links_in_order ON links (workspace, status, number);
    CREATE TABLE link_sources (
        link INTEGER NOT NULL REFERENCES links(id),
        source INTEGER NOT NULL REFERENCES sources(id),
        PRIMARY KEY (link, source)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX link_sources_of ON link_sources (source);
    CREATE TABLE link_keys (
        workspace TEXT NOT NULL REFERENCES workspaces(id),
        key TEXT NOT NULL,
        mention INTEGER NOT NULL REFERENCES mentions(id),
        PRIMARY KEY (workspace, key, mention)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX link_keys_of ON link_keys (mention);
    ALTER TABLE mentions ADD COLUMN linked INTEGER NOT NULL DEFAULT 0 CHECK (linked IN (0, 1));
    CREATE INDEX mentions_unlinked ON mentions (workspace, id) WHERE linked = 0;
"""
