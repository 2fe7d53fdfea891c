"""Where an interaction comes from, and what its author may do there. Discord's own gates are not relied on."""

from bot.chat.reply import Interaction
from bot.errors import NotAllowed, NotFound
from bot.texts import _

ELSEWHERE = _(
    "Dossier keeps its sources by server, so it answers only inside a server that it was added to. "
    "Use the command in a channel of your server."
)
MODERATORS_ONLY = _("Only moderators (people with the permission Manage Server) may do that. Ask one of them.")


def workspace_of(itx: Interaction) -> str:
    """The workspace of the server that an interaction comes from.

    Raises `NotAllowed` in direct messages, and in servers that the bot itself was not added to (a user may bring an
    application along).
    """
    if itx.guild_id is None or (itx.is_user_integration() and not itx.is_guild_integration()):
        raise NotAllowed(ELSEWHERE)
    return str(itx.guild_id)


def require_moderator(itx: Interaction) -> None:
    """Raise `NotAllowed` unless the author has Manage Server; Discord hides such commands, but does not check."""
    if not is_moderator(itx):
        raise NotAllowed(MODERATORS_ONLY)


async def require_remover(itx: Interaction, workspace: str, source: str) -> None:
    """Raise `NotAllowed` unless the author of the interaction is a moderator, or wrote the message that the Source is.

    The words are the same whether there is such a Source or not.
    """
    if not is_moderator(itx):
        try:
            held = await itx.client.app.read(lambda store: store.source(workspace, source))
        except NotFound as error:
            raise NotAllowed(MODERATORS_ONLY) from error
        if held.author != str(itx.user.id):
            raise NotAllowed(MODERATORS_ONLY)


def is_moderator(itx: Interaction) -> bool:
    """Whether the author has Manage Server."""
    return itx.permissions.manage_guild or itx.permissions.administrator
