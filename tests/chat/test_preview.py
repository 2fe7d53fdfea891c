"""The preview: a page opens at once, long documents do not block it, it ends cleanly."""

import asyncio
import re
import signal
import sys
import urllib.request
from pathlib import Path

import pytest

import commands
from bot.app import App, StoreThreads
from bot.chat.preview import newsroom
from tests.chat.stage import NOW, QuickWorker, buttons, text

ROOT = Path(__file__).resolve().parent.parent.parent
BRIEF = "# Harbour\n\nNorland and the Isles have offered to dredge the harbour for Estmark.\n"


class SlowWorker(QuickWorker):
    """Not done before `go` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.go = asyncio.Event()

    async def extract(self, *args, **options):
        await self.go.wait()
        return await super().extract(*args, **options)


def test_the_page_goes_on_while_a_document_is_read(settings):
    async def play():
        threads = StoreThreads(settings)
        await threads.open()
        app = App(settings, SlowWorker(), threads, lambda: NOW, NOW)
        async with newsroom(app, commands) as room:
            adding = await room.moderator.slash(room.channel, "source add", file=("a.md", BRIEF.encode()))
            meanwhile = await room.member.slash(room.channel, "sources")
            app.worker.go.set()
            await room.env.settle()
            after = await room.member.slash(room.channel, "commitments")
            said = [adding.acknowledged, text(meanwhile.response), text(adding.response), text(after.response)]
            assert "Evidence" in buttons(after.response)
        await threads.close()
        return said

    acknowledged, meanwhile, added, after = asyncio.run(play())

    assert acknowledged
    assert "No sources are held yet" in meanwhile
    assert "Added S-1" in added
    assert "dredge the harbour" in after


def test_the_welcome_says_what_to_try_and_updates_go_to_the_channel(settings):
    async def play():
        threads = StoreThreads(settings)
        await threads.open()
        app = App(settings, QuickWorker(), threads, lambda: NOW, NOW)
        async with newsroom(app, commands) as room:
            await room.welcome()
            said = text(room.channel.last_message)
            channel = await app.read(lambda store: store.updates_channel(str(room.guild.id)))
            same = channel == str(room.channel.id)
        await threads.close()
        return said, same

    said, same = asyncio.run(play())

    assert "/commitments" in said
    assert "watched folder" in said
    assert "seeds/" not in said  # the folder may be another
    assert same


@pytest.mark.model
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
async def test_the_preview_prints_its_address_serves_the_page_and_ends_on_a_signal(tmp_path, sign):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.md").write_text(BRIEF)
    env = {"PATH": "/usr/bin:/bin", "DOSSIER_SEEDS": str(tmp_path / "seeds"), "DOSSIER_HOME": str(tmp_path / "home")}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "preview",
        cwd=ROOT,
        env=env,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert process.stdout
    said = ""
    while "everything can be asked now" not in said:
        line = await asyncio.wait_for(process.stdout.readline(), 60)
        assert line, said
        said += line.decode()
    address = re.search(r"http://127\.0\.0\.1:\d+/", said)
    assert address
    page = await asyncio.to_thread(lambda: urllib.request.urlopen(address.group(), timeout=5).read())

    process.send_signal(sign)
    rest = (await asyncio.wait_for(process.stdout.read(), 15)).decode()

    assert b"<html" in page
    assert await process.wait() == 0
    assert "Traceback" not in said + rest
    assert "The preview has ended" in rest
    assert not (tmp_path / "home").exists(), "the real data folder is not touched"
