"""Addresses on the command line."""

import asyncio

import pytest

from bot.cli.adding import _Adding
from bot.cli.documents import files
from bot.errors import CannotFetch
from bot.extract import findings
from bot.fetch import Web
from bot.ingest import ingest
from tests import samples
from tests.web import loopback, serving

PAGE = "<html><head><title>Harbour</title></head><body><p>Norland has offered to dredge the harbour.</p></body></html>"


async def test_an_address_is_a_document_whose_origin_it_is():
    async with serving() as site:
        page, missing = files([site.put("/harbour", PAGE), site.url("/none")], Web(loopback))

        data, name = await asyncio.to_thread(page.contents)
        with pytest.raises(CannotFetch, match="no such page"):
            await asyncio.to_thread(missing.contents)

    assert (data.decode(), name, page.origin) == (PAGE, "harbour.html", site.url("/harbour"))


@pytest.mark.model
def test_another_text_from_the_same_address_is_pointed_out(store, nlp, capsys):
    address = "https://example.org/a"
    ingest(store, "local", samples.new_source(origin=address), samples.findings())

    further = samples.document("A further text of the harbour.")
    _Adding(store, "local").add(address, lambda: (further, lambda: findings(further, nlp)))

    said = " ".join(capsys.readouterr().err.split())
    assert "S-1 is from the same address, with another text." in said
    assert "--supersedes S-1" in said
