"""Digests that are due: each is written as a Posting, which the outbox sends."""

import logging
from datetime import datetime

from bot import digest
from bot.app import App
from bot.chat.post import next_try
from bot.domain import Subscription

log = logging.getLogger(__name__)


class Due:
    """Looks for digests that are due. One that cannot be made is tried again later, and holds up no other."""

    def __init__(self, app: App) -> None:
        """Nothing went wrong yet."""
        self.app = app
        self._again: dict[int, tuple[int, datetime]] = {}

    async def look(self) -> int:
        """Owe what is due now; how many postings were written."""
        now = self.app.now()
        due = await self.app.read(lambda store: store.digests_due(now))
        ours = [one for one in due if self.app.settings.holds(one.workspace)]
        waiting = [one for one in ours if one.id not in self._again or self._again[one.id][1] <= now]
        return sum([await self._owe(one, now) for one in waiting])

    async def _owe(self, one: Subscription, now: datetime) -> bool:
        try:
            owed = await self.app.write(lambda store: digest.owe(store, one.workspace, one.id, now))
        except Exception:
            tries = self._again.get(one.id, (0, now))[0] + 1
            self._again[one.id] = (tries, next_try(tries, now))
            log.exception("Digest %d of server %s could not be written", one.id, one.workspace)
            return False
        self._again.pop(one.id, None)
        return owed
