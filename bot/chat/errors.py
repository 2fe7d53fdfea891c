"""What a person is told when something goes wrong, and what the log is told."""

import logging
import secrets

import aiohttp
import discord
from discord import app_commands

from bot.chat.faults import UNKNOWN_INTERACTION
from bot.chat.reply import Interaction, refuse
from bot.errors import DossierError
from bot.render.words import clip
from bot.texts import _

log = logging.getLogger(__name__)

OUTDATED = _("This command has changed. Wait a minute, or restart Discord, and use it again.")
UNEXPECTED = _(
    "Something went wrong inside Dossier, and nothing was changed. Try again; if it happens again, report it."
)
UNFIT = _("“{value}” cannot be used for that option here. Choose one of the suggestions.")
CLOSED = _("You may not do that here.")


async def handle(itx: Interaction, error: BaseException) -> None:
    """Tell the person, privately, and the log.

    | error | the person reads | the log has |
    |---|---|---|
    | `DossierError` | its text | nothing |
    | the command is not (or not so) known here | that it has changed | a warning |
    | a check refused | that it is not allowed | nothing |
    | the interaction is gone (10062: it was answered too late) | nothing: it cannot be answered | a warning |
    | an option's value does not fit | which option, and what to do | nothing |
    | anything else | that it was our fault, and a reference id | the traceback under the same id |
    """
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    if isinstance(cause, discord.NotFound) and cause.code == UNKNOWN_INTERACTION:
        log.warning("Interaction %s was gone before it could be answered", itx.id)
        return
    try:
        await _tell(itx, cause)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as failure:
        log.warning("Interaction %s: the error could not be shown: %s", itx.id, failure)


async def _tell(itx: Interaction, error: BaseException) -> None:
    if isinstance(error, DossierError):
        await refuse(itx, str(error))
    elif isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        log.warning("Interaction %s: %s", itx.id, error)
        await refuse(itx, OUTDATED)
    elif isinstance(error, app_commands.TransformerError):
        await refuse(itx, UNFIT.format(value=clip(str(error.value), 60)))
    elif isinstance(error, app_commands.CheckFailure):
        await refuse(itx, CLOSED)
    else:
        reference = secrets.token_hex(4)
        log.error("Unexpected error, reference %s", reference, exc_info=error, extra={"reference": reference})
        await refuse(itx, UNEXPECTED, reference)
