"""Pages of entries, sources and search hits."""

from collections.abc import Sequence

from bot.domain import Action, Commitment, Fact, Hit, Item, Medium, OpenQuestion, Order, Page, Query, Reply, Source
from bot.render.entries import item, title_of
from bot.render.hints import filters, hint, page_of
from bot.render.state import pack
from bot.render.words import human_join, plural
from bot.texts import _, n_, one_of

_TITLES = {
    "commitments": _("Commitments"),
    "questions": _("Open questions"),
    "facts": _("Facts"),
    "sources": _("Sources"),
    "search": _("Search"),
}
_NONE = {
    "commitment": _("No commitments are held yet."),
    "open question": _("No open questions are held yet."),
    "fact": _("No facts are held yet."),
    "sentence": _("No sentences are held yet."),
}


def commitments_reply(
    page: Page[Commitment], query: Query, *, near: Sequence[str] = (), medium: Medium = Medium.DISCORD
) -> Reply:
    """A page of commitments. `near` are names to try when nothing matched (`answer.near`)."""
    return _list(page, query, "commitments", "commitment", [item(entry) for entry in page.items], near, medium)


def questions_reply(
    page: Page[OpenQuestion], query: Query, *, near: Sequence[str] = (), medium: Medium = Medium.DISCORD
) -> Reply:
    """A page of open questions."""
    return _list(page, query, "questions", "open question", [item(entry) for entry in page.items], near, medium)


def facts_reply(page: Page[Fact], query: Query, *, near: Sequence[str] = (), medium: Medium = Medium.DISCORD) -> Reply:
    """A page of facts."""
    return _list(page, query, "facts", "fact", [item(entry) for entry in page.items], near, medium)


def sources_reply(page: Page[Source], query: Query, *, medium: Medium = Medium.DISCORD) -> Reply:
    """A page of sources."""
    return _list(page, query, "sources", "source", [item(source) for source in page.items], (), medium)


def search_reply(page: Page[Hit], query: Query, *, medium: Medium = Medium.DISCORD) -> Reply:
    """A page of places that hold `query.text`."""
    return _list(page, query, "search", "sentence", [_hit(hit) for hit in page.items], (), medium)


def _hit(hit: Hit) -> Item:
    rows = ((_("Entries"), ", ".join(hit.entries)),) if hit.entries else ()
    return Item(hit.quote.source.id, title_of(hit.quote.source), rows, (hit.quote,))


def _list(
    page: Page[Commitment] | Page[OpenQuestion] | Page[Fact] | Page[Source] | Page[Hit],
    query: Query,
    kind: str,
    noun: str,
    items: Sequence[Item],
    near: Sequence[str],
    medium: Medium,
) -> Reply:
    title = _TITLES[kind]
    if not page.total:
        return Reply(title, lead=_nothing(query, noun, near, medium), actions=())
    actions = paging("page", page.number, page.last, [pack(kind, query, number) for number in _around(page.number)])
    notes = [page_of(page.number, page.last, medium)] if page.last else []
    return Reply(title, lead=_lead(page.total, query, noun), items=tuple(items), notes=tuple(notes), actions=actions)


def nothing(title: str, query: Query, near: Sequence[str], medium: Medium) -> Reply:
    """The answer where nothing matches."""
    return Reply(title, lead=_nothing(query, "commitment", near, medium))


def paging(verb: str, number: int, last: int, arguments: Sequence[str]) -> tuple[Action, ...]:
    """Previous and Next; none for a single page."""
    if not last:
        return ()
    before, after = arguments
    return (
        Action(_("Previous"), verb, before, enabled=number > 0),
        Action(_("Next"), verb, after, enabled=number < last),
    )


def _around(number: int) -> tuple[int, int]:
    return max(0, number - 1), number + 1


def _lead(total: int, query: Query, noun: str) -> str:
    """`12 held`, `3 match actor “France” and kind “offer”`."""
    asked = filters(query)
    if noun == "sentence":
        return _("{sentences} with “{words}”", sentences=plural(total, "sentence"), words=query.text)
    first = _(", those in most sources first") if query.order == Order.SOURCES else ""
    matching = _("{total:,} held", total=total)
    if asked:
        matching = n_("{count:,} matches {filters}", "{count:,} match {filters}", total, filters=human_join(asked))
    return matching + first


def _nothing(query: Query, noun: str, near: Sequence[str], medium: Medium) -> str:
    asked = filters(query)
    if not asked:
        held = _NONE.get(noun, _("No sources are held yet."))
        return f"{held} {hint('add', medium)}"
    words = _("Nothing held matches {filters}.", filters=human_join(asked))
    if near:
        return _(
            "{words} Did you mean {near}?", words=words, near=human_join(near, "or") if query.source else one_of(near)
        )
    if len(asked) > 1:
        return _("{words} Take a filter away, or look elsewhere: {hint}", words=words, hint=hint("all_sources", medium))
    return f"{words} {hint('all_sources', medium)}"
