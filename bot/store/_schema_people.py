"""Tables of what members follow and of servers, views that explain themselves, and when the log may be changed.

It stays append-only, but for a person who wants to be forgotten and for a server whose data is purged.
"""

PEOPLE = """
    CREATE TABLE follows (
        workspace TEXT NOT NULL REFERENCES workspaces(id),
        member TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('party', 'topic', 'entry')),
        folded TEXT NOT NULL,
        target TEXT NOT NULL,
        since TEXT NOT NULL,
        direct INTEGER NOT NULL DEFAULT 0 CHECK (direct IN (0, 1)),
        refused_at TEXT,
        PRIMARY KEY (workspace, member, kind, folded)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX follows_direct ON follows (workspace, member) WHERE direct = 1;
    CREATE TABLE guests (
        workspace TEXT PRIMARY KEY REFERENCES workspaces(id),
        joined_at TEXT NOT NULL,
        left_at TEXT
    ) STRICT, WITHOUT ROWID;
    INSERT INTO guests (workspace, joined_at) SELECT id, '' FROM workspaces WHERE id <> 'local';

    DROP TRIGGER log_unchanged;
    CREATE TRIGGER log_unchanged BEFORE UPDATE ON log WHEN new.who <> 'a former member'
        OR (new.id, new.workspace, new.at, new.what, new.subject, new.details, new.undoes)
            IS NOT (old.id, old.workspace, old.at, old.what, old.subject, old.details, old.undoes)
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
    DROP TRIGGER log_undeleted;
    CREATE TRIGGER log_undeleted BEFORE DELETE ON log
        WHEN NOT EXISTS (SELECT 1 FROM guests WHERE workspace = old.workspace AND left_at IS NOT NULL)
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
    DROP TRIGGER log_effects_unchanged;
    CREATE TRIGGER log_effects_unchanged BEFORE UPDATE ON log_effects WHEN old.kind <> 'slot'
        OR (new.log, new.kind, new.subject, new.part) IS NOT (old.log, old.kind, old.subject, old.part)
        OR (new.before IS NOT old.before
            AND json(new.before) IS NOT json_set(old.before, '$.who', 'a former member'))
        OR (new.after IS NOT old.after
            AND json(new.after) IS NOT json_set(old.after, '$.who', 'a former member'))
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
    DROP TRIGGER log_effects_undeleted;
    CREATE TRIGGER log_effects_undeleted BEFORE DELETE ON log_effects WHEN NOT EXISTS (
        SELECT 1 FROM log l JOIN guests g ON g.workspace = l.workspace
        WHERE l.id = old.log AND g.left_at IS NOT NULL)
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

    CREATE VIEW documents AS SELECT workspace, 'S-' || number AS id, title, published, origin, status,
        added_at AS added, length AS characters, text_hash AS sha256 FROM sources;
    CREATE VIEW commitments AS SELECT e.workspace, 'C-' || e.number AS id, e.headline, e.kind, e.status,
        (SELECT group_concat(value, '; ') FROM json_each(e.slots, '$.actors')) AS actors,
        json_extract(e.slots, '$.action') AS action,
        (SELECT group_concat(value, '; ') FROM json_each(e.slots, '$.recipients')) AS recipients,
        json_extract(e.slots, '$.condition') AS condition, json_extract(e.slots, '$.due') AS due,
        json_extract(e.slots, '$.due_date') AS due_date, e.first_seen, e.last_seen, e.shown AS in_lists
        FROM entries e WHERE e.type = 'commitment';
    CREATE VIEW questions AS SELECT e.workspace, 'Q-' || e.number AS id, e.headline AS question, e.kind, e.status,
        (SELECT group_concat(value, '; ') FROM json_each(e.slots, '$.about')) AS about,
        e.first_seen, e.last_seen, e.shown AS in_lists FROM entries e WHERE e.type = 'question';
    CREATE VIEW facts AS SELECT e.workspace, 'F-' || e.number AS id, e.headline AS statement, e.kind, e.status,
        e.first_seen, e.last_seen, e.shown AS in_lists FROM entries e WHERE e.type = 'fact';
    CREATE VIEW quotes AS SELECT s.workspace,
        CASE e.type WHEN 'commitment' THEN 'C-' WHEN 'question' THEN 'Q-' ELSE 'F-' END || e.number AS entry,
        v.quote, v.start, v."end", 'S-' || s.number AS document, s.title, s.published, s.text_hash AS sha256
        FROM evidence v JOIN mentions m ON m.id = v.mention JOIN entries e ON e.id = m.entry
        JOIN sources s ON s.id = m.source;
"""
