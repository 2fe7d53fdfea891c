"""The schema as numbered migrations: append only. docs/store.md says why it is as it is."""

import json

from sqlite_utils import Database, Migrations

from bot.store import (
    _changes,
    _copies,
    _drafts,
    _feeds,
    _outcomes,
    _postings,
    _schema_books,
    _schema_links,
    _schema_people,
    _terms,
)
from bot.store._sql import column, rows, run

migrations = Migrations("dossier")


@migrations()
def m001_workspaces(db: Database) -> None:
    """Workspaces, and the numbers that their next ids get."""
    db.executescript("""
        CREATE TABLE workspaces (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL DEFAULT ''
        ) STRICT;
        CREATE TABLE counters (
            workspace TEXT NOT NULL REFERENCES workspaces(id),
            prefix TEXT NOT NULL CHECK (prefix IN ('C', 'Q', 'F', 'S')),
            next INTEGER NOT NULL,
            PRIMARY KEY (workspace, prefix)
        ) STRICT, WITHOUT ROWID;
    """)


@migrations()
def m002_sources(db: Database) -> None:
    """Sources; their texts apart, so that lists never page through them."""
    db.executescript("""
        CREATE TABLE sources (
            id INTEGER PRIMARY KEY,
            workspace TEXT NOT NULL REFERENCES workspaces(id),
            number INTEGER NOT NULL,
            title TEXT NOT NULL,
            origin TEXT NOT NULL,
            media_type TEXT NOT NULL,
            published TEXT,
            added_at TEXT NOT NULL,
            added_by TEXT NOT NULL,
            seen TEXT NOT NULL,
            length INTEGER NOT NULL,
            text_hash TEXT NOT NULL,
            status TEXT NOT NULL DEFAULT 'current'
                CHECK (status IN ('current', 'superseded', 'retracted', 'removed')),
            superseded_by INTEGER REFERENCES sources(id),
            UNIQUE (workspace, number)
        ) STRICT;
        CREATE UNIQUE INDEX sources_by_text ON sources (workspace, text_hash) WHERE status <> 'removed';
        CREATE INDEX sources_in_order ON sources (workspace, status, seen DESC, number DESC);
        CREATE INDEX sources_superseded_by ON sources (superseded_by) WHERE superseded_by IS NOT NULL;
        CREATE TABLE source_texts (
            source INTEGER PRIMARY KEY REFERENCES sources(id),
            text TEXT NOT NULL,
            blocks TEXT NOT NULL
        ) STRICT;
    """)


@migrations()
def m003_entries(db: Database) -> None:
    """Commitments, questions and facts; what each Source says of them; the quotes."""
    db.executescript("""
        CREATE TABLE entries (
            id INTEGER PRIMARY KEY,
            workspace TEXT NOT NULL REFERENCES workspaces(id),
            type TEXT NOT NULL CHECK (type IN ('commitment', 'question', 'fact')),
            number INTEGER NOT NULL,
            kind TEXT NOT NULL,
            status TEXT NOT NULL,
            headline TEXT NOT NULL,
            slots TEXT NOT NULL,
            rank INTEGER NOT NULL DEFAULT 0,
            first_seen TEXT NOT NULL,
            last_seen TEXT NOT NULL,
            shown INTEGER NOT NULL DEFAULT 1 CHECK (shown IN (0, 1)),
            UNIQUE (workspace, type, number)
        ) STRICT;
        CREATE INDEX entries_in_order ON entries (workspace, type, shown, last_seen DESC, rank, number, first_seen);
        CREATE TABLE mentions (
            id INTEGER PRIMARY KEY,
            entry INTEGER NOT NULL REFERENCES entries(id),
            source INTEGER NOT NULL REFERENCES sources(id),
            workspace TEXT NOT NULL REFERENCES workspaces(id),
            type TEXT NOT NULL,
            key TEXT NOT NULL,
            seen TEXT NOT NULL,
            kind TEXT NOT NULL,
            slots TEXT NOT NULL,
            status TEXT NOT NULL,
            reason TEXT NOT NULL,
            opened INTEGER NOT NULL CHECK (opened IN (0, 1)),
            current INTEGER NOT NULL DEFAULT 1 CHECK (current IN (0, 1)),
            UNIQUE (source, entry)
        ) STRICT;
        CREATE INDEX mentions_in_order ON mentions (entry, current, seen, id);
        CREATE INDEX mentions_by_key ON mentions (workspace, type, key, entry) WHERE key <> '';
        CREATE TABLE evidence (
            id INTEGER PRIMARY KEY,
            mention INTEGER NOT NULL REFERENCES mentions(id),
            start INTEGER NOT NULL CHECK (start >= 0),
            "end" INTEGER NOT NULL,
            quote TEXT NOT NULL CHECK (quote <> ''),
            UNIQUE (mention, start, "end"),
            CHECK ("end" > start)
        ) STRICT;
    """)


@migrations()
def m004_totals(db: Database) -> None:
    """How many entries there are of each kind and status, kept by triggers: a list's total costs nothing to know."""
    db.executescript("""
        CREATE TABLE totals (
            workspace TEXT NOT NULL REFERENCES workspaces(id),
            type TEXT NOT NULL,
            shown INTEGER NOT NULL,
            kind TEXT NOT NULL,
            status TEXT NOT NULL,
            entries INTEGER NOT NULL,
            PRIMARY KEY (workspace, type, shown, kind, status)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER totals_insert AFTER INSERT ON entries BEGIN
            INSERT INTO totals VALUES (new.workspace, new.type, new.shown, new.kind, new.status, 1)
                ON CONFLICT DO UPDATE SET entries = entries + 1;
        END;
        CREATE TRIGGER totals_delete AFTER DELETE ON entries BEGIN
            UPDATE totals SET entries = entries - 1 WHERE workspace = old.workspace AND type = old.type
                AND shown = old.shown AND kind = old.kind AND status = old.status;
        END;
        CREATE TRIGGER totals_update AFTER UPDATE OF shown, kind, status ON entries BEGIN
            UPDATE totals SET entries = entries - 1 WHERE workspace = old.workspace AND type = old.type
                AND shown = old.shown AND kind = old.kind AND status = old.status;
            INSERT INTO totals VALUES (new.workspace, new.type, new.shown, new.kind, new.status, 1)
                ON CONFLICT DO UPDATE SET entries = entries + 1;
        END;
    """)


@migrations()
def m005_parties(db: Database) -> None:
    """Parties, their aliases, what their names begin with, and which entries name them in which role."""
    db.executescript("""
        CREATE TABLE parties (
            id INTEGER PRIMARY KEY,
            workspace TEXT NOT NULL REFERENCES workspaces(id),
            name TEXT NOT NULL,
            folded TEXT NOT NULL,
            entries INTEGER NOT NULL DEFAULT 0,
            UNIQUE (workspace, folded)
        ) STRICT;
        CREATE INDEX parties_in_order ON parties (workspace, entries DESC, name);
        CREATE TABLE party_aliases (
            workspace TEXT NOT NULL REFERENCES workspaces(id),
            folded TEXT NOT NULL,
            party INTEGER NOT NULL REFERENCES parties(id),
            alias TEXT NOT NULL,
            PRIMARY KEY (workspace, folded, party)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX party_aliases_of ON party_aliases (party);
        CREATE TABLE party_beginnings (
            workspace TEXT NOT NULL REFERENCES workspaces(id),
            folded TEXT NOT NULL,
            party INTEGER NOT NULL REFERENCES parties(id),
            PRIMARY KEY (workspace, folded, party)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX party_beginnings_of ON party_beginnings (party);
        CREATE TABLE entry_parties (
            entry INTEGER NOT NULL REFERENCES entries(id),
            party INTEGER NOT NULL REFERENCES parties(id),
            role TEXT NOT NULL CHECK (role IN ('actor', 'recipient', 'about')),
            PRIMARY KEY (entry, party, role)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX entry_parties_of ON entry_parties (party, role, entry);
        CREATE TRIGGER parties_counted AFTER INSERT ON entry_parties BEGIN
            UPDATE parties SET entries = entries + (SELECT shown FROM entries WHERE id = new.entry)
                WHERE id = new.party;
        END;
        CREATE TRIGGER parties_uncounted AFTER DELETE ON entry_parties BEGIN
            UPDATE parties SET entries = entries - (SELECT shown FROM entries WHERE id = old.entry)
                WHERE id = old.party;
        END;
        CREATE TRIGGER parties_recounted AFTER UPDATE OF shown ON entries WHEN new.shown <> old.shown BEGIN
            UPDATE parties SET entries = entries + (new.shown - old.shown)
                * (SELECT count(*) FROM entry_parties WHERE entry = new.id AND party = parties.id)
                WHERE id IN (SELECT party FROM entry_parties WHERE entry = new.id);
        END;
    """)


@migrations()
def m006_search(db: Database) -> None:
    """Full-text indexes over the sentences of the Sources and over the terms of the entries, kept by triggers.

    `scope` holds words that are made, not found: the workspace, and for entries all that lists are narrowed by.
    `place` puts an entry where it stands in its list, so that the index gives the entries in that order.
    """
    db.executescript("""
        CREATE TABLE passages (
            id INTEGER PRIMARY KEY,
            source INTEGER NOT NULL REFERENCES sources(id),
            kind TEXT NOT NULL,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            text TEXT NOT NULL,
            names TEXT NOT NULL,
            scope TEXT NOT NULL,
            UNIQUE (source, start)
        ) STRICT;
        CREATE TABLE entry_terms (
            place INTEGER PRIMARY KEY,
            entry INTEGER NOT NULL UNIQUE REFERENCES entries(id),
            words TEXT NOT NULL,
            scope TEXT NOT NULL
        ) STRICT;
    """)
    _index(db, "passages", "id", ("text", "names", "scope"))
    _index(db, "entry_terms", "place", ("words", "scope"))
    db.execute("INSERT INTO passages_fts (passages_fts, rank) VALUES ('rank', 'bm25(1.0, 0.5, 0.0)')")


def _index(db: Database, table: str, key: str, columns: tuple[str, ...]) -> None:
    """A full-text index over columns of a table, with the triggers that keep it in step."""
    names, new, old = (", ".join(prefix + name for name in columns) for prefix in ("", "new.", "old."))
    delete = f"INSERT INTO {table}_fts ({table}_fts, rowid, {names}) VALUES ('delete', old.{key}, {old});"
    insert = f"INSERT INTO {table}_fts (rowid, {names}) VALUES (new.{key}, {new});"
    db.executescript(f"""
        CREATE VIRTUAL TABLE {table}_fts USING fts5 (
            {names}, content='{table}', content_rowid='{key}', tokenize='porter unicode61 remove_diacritics 2'
        );
        CREATE TRIGGER {table}_indexed AFTER INSERT ON {table} BEGIN {insert} END;
        CREATE TRIGGER {table}_unindexed AFTER DELETE ON {table} BEGIN {delete} END;
        CREATE TRIGGER {table}_reindexed AFTER UPDATE ON {table} BEGIN {delete} {insert} END;
    """)


@migrations()
def m007_postings(db: Database) -> None:
    """Who wants to be told what, and the messages owed for it: written before they are sent, numbers never reused."""
    db.executescript("""
        CREATE TABLE subscriptions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            workspace TEXT NOT NULL REFERENCES workspaces(id),
            kind TEXT NOT NULL,
            channel TEXT NOT NULL,
            settings TEXT NOT NULL DEFAULT '{}',
            created_by TEXT NOT NULL,
            created_at TEXT NOT NULL,
            ended_at TEXT
        ) STRICT;
        CREATE UNIQUE INDEX subscriptions_updates ON subscriptions (workspace)
            WHERE kind = 'update' AND ended_at IS NULL;
        CREATE TABLE postings (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            workspace TEXT NOT NULL REFERENCES workspaces(id),
            subscription INTEGER REFERENCES subscriptions(id),
            channel TEXT NOT NULL,
            kind TEXT NOT NULL,
            subject TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sent', 'failed')),
            created_at TEXT NOT NULL,
            due_at TEXT NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            message TEXT,
            error TEXT,
            done_at TEXT,
            UNIQUE (workspace, kind, subject, channel)
        ) STRICT;
        CREATE INDEX postings_due ON postings (due_at, id) WHERE state = 'pending';
        CREATE INDEX postings_of ON postings (subscription, state);
    """)


@migrations()
def m008_log(db: Database) -> None:
    """The log, which refuses to be changed; the watched folder; saved list states; the installation's own values."""
    db.executescript(_schema_books.BOOKS)


@migrations()
def m009_actor_words(db: Database) -> None:
    """Let commitments that are held be found by the words for their actor, as new ones are."""
    for e in rows(db, "SELECT id, workspace, type, shown FROM entries WHERE type = 'commitment'"):
        scope = _terms.Scope(e["workspace"], e["type"], bool(e["shown"]))
        said = column(db, "SELECT slots FROM mentions WHERE entry = ? AND current = ?", (e["id"], e["shown"]))
        found = _terms.actor_words(*(json.loads(slots).get("actor_text", "") for slots in said))
        if made := " ".join(scope.acting(word) for word in sorted(found)):
            run(db, "UPDATE entry_terms SET scope = scope || ' ' || ? WHERE entry = ?", (made, e["id"]))


@migrations()
def m010_decisions(db: Database) -> None:
    """What people decide: entries marked wrong, slots they set, and which values each line of the log changed.

    `undone` is which lines are taken back, and by which line; the log itself stays as it was written.
    """
    db.executescript("""
        ALTER TABLE entries ADD COLUMN wrong INTEGER NOT NULL DEFAULT 0 CHECK (wrong IN (0, 1));
        CREATE TABLE corrections (
            entry INTEGER NOT NULL REFERENCES entries(id),
            slot TEXT NOT NULL,
            value TEXT NOT NULL,
            who TEXT NOT NULL,
            at TEXT NOT NULL,
            PRIMARY KEY (entry, slot)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE log_effects (
            log INTEGER NOT NULL REFERENCES log(id),
            kind TEXT NOT NULL,
            subject TEXT NOT NULL,
            part TEXT NOT NULL,
            before TEXT,
            after TEXT,
            PRIMARY KEY (log, kind, subject, part)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER log_effects_unchanged BEFORE UPDATE ON log_effects BEGIN
            SELECT RAISE(ABORT, 'the log is append-only');
        END;
        CREATE TRIGGER log_effects_undeleted BEFORE DELETE ON log_effects BEGIN
            SELECT RAISE(ABORT, 'the log is append-only');
        END;
        CREATE TABLE undone (
            log INTEGER PRIMARY KEY REFERENCES log(id),
            undone_by INTEGER NOT NULL REFERENCES log(id)
        ) STRICT;
        CREATE INDEX undone_by ON undone (undone_by);
    """)
    for e in rows(db, "SELECT id, workspace, type, status FROM entries WHERE shown = 0"):
        scope = _terms.Scope(e["workspace"], e["type"], shown=False)
        words = (scope.status(e["status"]), scope.status("source withdrawn"), e["id"])
        run(db, "UPDATE entry_terms SET scope = replace(scope, ?, ?) WHERE entry = ?", words)
        run(db, "UPDATE entries SET status = 'source withdrawn' WHERE id = ?", (e["id"],))


@migrations()
def m013_parties(db: Database) -> None:
    """Names that people gave to parties; when members last asked what changed; sources and log by time.

    Actors without a name of their own are found by all their words at once. `found` says of a mention whether the
    rules that the text was read by last still find it.
    """
    db.executescript("""
        CREATE TABLE given_aliases (
            workspace TEXT NOT NULL REFERENCES workspaces(id),
            folded TEXT NOT NULL,
            alias TEXT NOT NULL,
            party TEXT NOT NULL,
            PRIMARY KEY (workspace, folded)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE visits (
            workspace TEXT NOT NULL REFERENCES workspaces(id),
            member TEXT NOT NULL,
            at TEXT NOT NULL,
            PRIMARY KEY (workspace, member)
        ) STRICT, WITHOUT ROWID;
        ALTER TABLE mentions ADD COLUMN found INTEGER NOT NULL DEFAULT 1 CHECK (found IN (0, 1));
        CREATE INDEX sources_by_addition ON sources (workspace, added_at);
        CREATE INDEX log_by_time ON log (workspace, at);
    """)
    for e in rows(db, "SELECT id, workspace, type, shown FROM entries WHERE type = 'commitment'"):
        scope = _terms.Scope(e["workspace"], e["type"], bool(e["shown"]))
        said = column(db, "SELECT slots FROM mentions WHERE entry = ? AND current = ?", (e["id"], e["shown"]))
        found = {_terms.called(slots["actor_text"]) for slots in map(json.loads, said) if not slots["actors"]} - {""}
        if made := " ".join(scope.acting(word) for word in sorted(found)):
            run(db, "UPDATE entry_terms SET scope = scope || ' ' || ? WHERE entry = ?", (made, e["id"]))


@migrations()
def m016_digests(db: Database) -> None:
    """Digests: until when a subscription has told everything, when it is due again, why it is paused.

    `content` is what a posting tells, fixed when it is written.
    """
    db.executescript("""
        ALTER TABLE subscriptions ADD COLUMN covered TEXT;
        ALTER TABLE subscriptions ADD COLUMN next_at TEXT;
        ALTER TABLE subscriptions ADD COLUMN paused_at TEXT;
        ALTER TABLE subscriptions ADD COLUMN paused_why TEXT NOT NULL DEFAULT '';
        ALTER TABLE postings ADD COLUMN content TEXT NOT NULL DEFAULT '';
        CREATE UNIQUE INDEX subscriptions_digests ON subscriptions (workspace, channel)
            WHERE kind = 'digest' AND ended_at IS NULL;
        CREATE INDEX subscriptions_due ON subscriptions (next_at)
            WHERE kind = 'digest' AND ended_at IS NULL AND paused_at IS NULL;
    """)


@migrations()
def m015_links(db: Database) -> None:
    """Links between entries as the ledger proposes them, what they rest on, the keys that they are looked for by."""
    db.executescript(_schema_links.LINKS)


@migrations()
def m017_arriving(db: Database) -> None:
    """Documents that wait to be kept, feeds that are followed and their items; who wrote a message that is a Source."""
    db.executescript(_drafts.M017)
    db.executescript(_feeds.M017)


@migrations()
def m018_people(db: Database) -> None:
    """What members follow, the servers that the bot is a guest of, views that explain themselves."""
    db.executescript(_schema_people.PEOPLE)


@migrations()
def m019_outcomes(db: Database) -> None:
    """What became of what members suggested; Sources whose text was deleted for good, of which the log says less."""
    db.executescript(_outcomes.M019)


@migrations()
def m020_copies(db: Database) -> None:
    """Which earlier Source a Source nearly copies, and the keys that texts are looked up by."""
    db.executescript(_copies.M020)


@migrations()
def m021_moved_postings(db: Database) -> None:
    """What a posting was called before its server was moved, so that its nonce and marker stay what they were."""
    db.executescript(_postings.M021)


@migrations()
def m022_sources_brought(db: Database) -> None:
    """Indexes by which a Source that goes is found where files and feeds brought it."""
    db.executescript(_feeds.M022)


@migrations()
def m023_entries_due(db: Database) -> None:
    """An index of the days by which commitments are due."""
    db.execute(_changes.M023)
