"""What a confirmed link makes of the older of its entries, in SQL that the entries' own columns are derived with."""

CURRENT = """
    EXISTS (SELECT 1 FROM link_sources x JOIN sources s ON s.id = x.source
            WHERE x.link = l.id AND s.status = 'current')
"""
"""Whether a link `l` rests on a Source that counts."""
COUNTS = f"""
    {CURRENT} AND (SELECT n.shown FROM entries n WHERE n.id = l.newer)
    AND (SELECT o.shown FROM entries o WHERE o.id = l.older)
"""
"""Whether a link `l` is to be seen: both of its entries are in the lists, too."""
DAY = """
    (SELECT min(n.seen) FROM mentions n WHERE n.entry = l.newer AND n.current = 1 AND n.seen >= e.first_seen)
"""
"""The day from which a link `l` bears on its older entry `e`: its newer one was first said since."""
TURNS = f"l.status = 'confirmed' AND l.makes <> '' AND {CURRENT}"
"""Whether a link `l` says where its older entry stands."""


def turned(until: str) -> str:
    """Where an entry `e` stands by a link, if one bears on it since its last mention, up to a day; else NULL."""
    return f"""(
        SELECT t.makes FROM (SELECT l.makes, l.number, {DAY} AS day FROM links l WHERE l.older = e.id AND {TURNS}) t
        WHERE t.day <= {until} AND t.day >= (
            SELECT max(x.seen) FROM mentions x WHERE x.entry = e.id AND x.current = e.shown AND x.seen <= {until})
        ORDER BY t.day DESC, t.number DESC LIMIT 1)"""


EVER = "'9999'"
