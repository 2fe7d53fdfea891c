"""Discord's bad days: whatever it does, each update is posted once, and who asks afterwards is answered.

A few of them each time; `DOSSIER_BAD_DAYS=all` goes through all (two minutes).
"""

import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.wire.conftest import Wire, in_time

pytestmark = [
    pytest.mark.wire,
    pytest.mark.model,
    pytest.mark.timeout(240),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # the harness leaves files to the collector
]

SENDING = r"/channels/\d+/messages$"
Fault = Callable[[Any], object]

OF_REQUESTS: dict[str, Fault] = {
    "429 for the route": lambda fd: fd.fault("POST", SENDING, status=429, retry_after=1.5),
    "429 for everything": lambda fd: fd.fault("POST", SENDING, status=429, retry_after=1.5, global_=True),
    "500": lambda fd: fd.fault("POST", SENDING, status=500),
    "502 as a page": lambda fd: fd.fault("POST", SENDING, status=502, html=True),
    "503": lambda fd: fd.fault("POST", SENDING, status=503, times=2),
    "cut off before it was done": lambda fd: fd.fault("POST", SENDING, drop=True),
    "cut off after it was done": lambda fd: fd.fault("POST", SENDING, drop=True, after=True),
    "500 after it was done": lambda fd: fd.fault("POST", SENDING, status=500, after=True),
    "slow": lambda fd: fd.fault("POST", SENDING, delay=4),
}
OF_THE_GATEWAY: dict[str, Fault] = {
    "closed with 4000": lambda fd: fd.gateway_close(4000),
    "closed with 4009": lambda fd: fd.gateway_close(4009),
    "cut off (1006)": lambda fd: fd.gateway_drop(),
    "told to reconnect": lambda fd: fd.gateway_reconnect(),
    "session invalid, to be resumed": lambda fd: fd.gateway_invalid_session(resumable=True),
    "session invalid for good": lambda fd: fd.gateway_invalid_session(resumable=False),
    "sessions lost, then cut off": lambda fd: (fd.gateway_expire_sessions(), fd.gateway_drop()),
    "three connections refused": lambda fd: (fd.gateway_refuse_connects(3), fd.gateway_drop()),
    "down for three seconds": lambda fd: fd.outage(3),
}


SAMPLE = frozenset(
    {
        "429 for the route",
        "429 for everything",
        "cut off after it was done",
        "closed with 4000",
        "cut off (1006)",
        "session invalid for good",
    }
)


def days(faults: dict[str, Fault]) -> list[str]:
    """The names of those that are gone through."""
    return [name for name in faults if name in SAMPLE or os.environ.get("DOSSIER_BAD_DAYS") == "all"]


@pytest.fixture(scope="module")
def weathered(open_wire: Callable[[], Any]) -> Iterator[Wire]:
    """A bot that posts updates, and goes through all of it without a restart."""
    with open_wire() as wire:
        wire.start(DOSSIER_WATCH_SECONDS="1")
        time.sleep(2.5)  # two looks at the empty folder: what comes now is announced
        yield wire
        assert wire.bot.stop() == 0
        assert "Traceback" not in wire.bot.output()


def told_once(wire: Wire, number: int, begin: Fault) -> None:
    """Let an update become due while the fault is on; it is posted once, and a command is answered afterwards.

    Each has a channel of its own, for updates of one minute in one channel are one message.
    """
    title, channel = f"Brief {number}", wire.news.add_channel(f"desk-{number}")
    wire.fd.slash(wire.mod, wire.channel, "updates set", channel=channel)
    text = f"# {title}\n\nPublished 10 March 2026\n\nNorway has offered to dredge harbour {number} of Gdansk.\n"
    begin(wire.fd)
    (wire.seeds / f"{title}.md").write_text(text)
    wire.fd.wait_message(channel, f"New source: {title}", 60)
    wire.fd.wait_ready(60)
    wire.fd.clear_faults()
    time.sleep(1.5)

    assert [title in message.text for message in wire.fd.messages(channel)] == [True]
    answer = in_time(wire.fd.slash(wire.member, wire.channel, "sources"))
    assert title in answer.text


@pytest.mark.parametrize("name", days(OF_REQUESTS))
def test_a_request_that_fails_neither_loses_nor_doubles_an_update(weathered, name):
    told_once(weathered, list(OF_REQUESTS).index(name) + 1, OF_REQUESTS[name])


@pytest.mark.parametrize("name", days(OF_THE_GATEWAY))
def test_a_connection_that_fails_neither_loses_nor_doubles_an_update(weathered, name):
    told_once(weathered, list(OF_THE_GATEWAY).index(name) + 101, OF_THE_GATEWAY[name])


def test_a_message_that_waited_too_long_for_its_answer_is_no_trace_in_the_log(weathered):
    """The acknowledgement comes when its token has expired: nobody can be answered, and nothing breaks."""
    weathered.fd.fault("POST", r"/callback$", status=404, code=10062)
    weathered.fd.slash(weathered.member, weathered.channel, "questions", wait=False)
    time.sleep(2)

    in_time(weathered.fd.slash(weathered.member, weathered.channel, "questions"))
    assert "Traceback" not in weathered.bot.output()
