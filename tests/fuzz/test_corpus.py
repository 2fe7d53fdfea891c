"""Every hostile file that was kept ends with an error in words or an answer, in time, and the next document is read.

CI reads those that take a moment; `python -m scripts.fuzz` reads all of them.
"""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot import answer
from bot.chat.custom_id import unpack
from bot.domain import Action, Query
from bot.errors import DamagedDocument, DossierError, ReadingFailed
from bot.extract import findings
from bot.store import open_store
from bot.text import document_from_text
from bot.worker import Worker
from scripts.fuzz import QUICK, corpus, read_all
from tests.chat.stage import text
from tests.chat.test_buttons import answer_to, send
from tests.fuzz.make import FILES, SAID
from tests.store.make import HERE, commitment, tell

FOLDER = FILES.parent


def lines(name):
    return [line for line in (FOLDER / name).read_text(encoding="utf-8").split("\n") if line]


@pytest.mark.model
async def test_every_hostile_file_ends_with_an_error_in_words_or_an_answer(nlp):
    files = {name: data for name, data in corpus().items() if name in QUICK}

    outcomes = await read_all(files, seconds=30)

    assert len(outcomes) == len(QUICK)
    assert not {name: one.said for name, one in outcomes.items() if one.bug}


@pytest.mark.model
async def test_a_document_that_wants_too_much_memory_is_given_up_and_the_next_is_read(nlp):
    worker = Worker(memory_bytes=300 * 2**20)
    await worker.start()
    try:
        with pytest.raises((ReadingFailed, DamagedDocument)):
            await worker.extract(corpus()["bomb-within-the-limit.docx"], "bomb.docx")
        document, _ = await worker.extract(SAID.encode(), "next.txt")
        assert document.text == SAID
    finally:
        await worker.close()


@pytest.mark.model
@settings(max_examples=12, deadline=None)
@given(st.text(max_size=120))
@example("\u202e\u2066 \u200b will pay \x00\x1f")
@example("👩‍👩‍👧‍👦 will pay “ ” ‘ ’ … — ((( [[[ ")
def test_whatever_stands_in_a_text_what_is_found_stands_there_too(nlp, odd):
    document = document_from_text(f"{SAID}{odd} It is unclear who will pay. {odd}")

    found = findings(document, nlp)

    for one in (*found.commitments, *found.questions, *found.facts):
        assert one.evidence
        assert all(document.text[e.start : e.end] == e.quote != "" for e in one.evidence)


@pytest.mark.parametrize("word", lines("words.txt"))
def test_a_search_word_is_only_a_word(word):
    said = "Norland will rebuild the bridge."
    with open_store(":memory:") as store:
        tell(store, said, commitment(said))
        assert store.search(HERE, word).total in {0, 1}
        for verb in (store.commitments, store.questions, store.facts, store.sources):
            for query in (Query(about=word), Query(actor=word), Query(text=word), Query(source=word)):
                tried(lambda verb=verb, query=query: verb(HERE, query))
        store.party(HERE, word)
        store.parties(HERE, word)
        assert store.check() == []


@pytest.mark.parametrize("id_", lines("ids.txt"))
def test_a_forged_id_is_not_found(id_):
    said = "Norland will rebuild the bridge."
    with open_store(":memory:") as store:
        tell(store, said, commitment(said))
        for ask in (store.entry, store.source, store.source_text, store.added):
            with pytest.raises(DossierError):
                ask(HERE, id_)
        tried(lambda: answer.show(store, HERE, id_))


async def test_a_forged_button_is_answered_and_changes_nothing(stage):
    await stage.stock(stage.news)
    forged = [button for line in lines("custom_ids.txt") if (button := unpack(line))]

    for button in forged:
        message = await send(stage, stage.news, Action("Press", button.verb, button.argument))
        result = await stage.news.moderator.click(message, label="Press")
        assert answer_to(result) or text(message), button

    assert len(forged) == len(lines("custom_ids.txt"))
    counts = await stage.app.read(lambda store: store.counts(stage.news.workspace))
    assert counts.sources == 1


def tried(ask):
    """The answer, or the words of why there is none; anything else is a fault."""
    try:
        return ask()
    except DossierError as error:
        return str(error)
