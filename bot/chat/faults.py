"""Which failures of Discord pass, and patience with those."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp
import discord

T = TypeVar("T")

PASSING = (discord.DiscordServerError, discord.RateLimited, aiohttp.ClientError, OSError, TimeoutError)
"""Discord or the line to it stumbled; the same request may succeed later."""
ALREADY_ACKNOWLEDGED, UNKNOWN_INTERACTION = 40060, 10062


def passing(error: BaseException) -> bool:
    """Whether trying again later is worth it."""
    return isinstance(error, PASSING) or (
        isinstance(error, discord.HTTPException) and (error.status == 429 or error.status >= 500)
    )


async def patiently(do: Callable[[], Awaitable[T]], *, waits: tuple[float, ...] = (0.5, 1, 2, 4, 8)) -> T:
    """Do it, again after each wait as long as the fault is a passing one; only for what may be done twice.

    Raises what the last try raised.
    """
    for wait in waits:
        try:
            return await do()
        except (discord.HTTPException, *PASSING) as error:
            if not passing(error):
                raise
        await asyncio.sleep(wait)
    return await do()
