"""Domain to Reply: pure functions, plain text in and out. Escaping is the renderer's, at the last moment.

A Reply's Actions have these verbs: `page` (argument: a list's state, see `bot.render.state`), `evidence` (`C-1|0`: an
entry's id and a page from 0), `brief` (a source's id), `changes` (an instant and a page), `review` (a page),
`confirm`, `reject` and `later` (a link's id). An Item with an id and quotes
has evidence, so that the Discord renderer gives it an Evidence button of its own. For Discord, `bot.render.fit.fit`
makes any Reply keep the limits, and `bot.render.markdown` has its parts as escaped Markdown.
"""

from bot.render.changes import changes_reply
from bot.render.decisions import decided_reply, log_reply, undone_reply
from bot.render.digest import digest_reply, lost_reply, nothing_reply, paused_reply
from bot.render.exports import export_file, export_reply
from bot.render.links import judged_line, judged_reply, review_reply
from bot.render.lists import commitments_reply, facts_reply, questions_reply, search_reply, sources_reply
from bot.render.notices import (
    added_line,
    added_reply,
    brief_reply,
    erased_reply,
    error_reply,
    removed_reply,
    replaced_line,
    restored_reply,
    retracted_reply,
    status_reply,
    update_reply,
    updates_reply,
)
from bot.render.parties import named_reply, party_reply, split_reply
from bot.render.people import (
    followed_line,
    followed_reply,
    following_reply,
    follows_reply,
    forget_question,
    forgotten_reply,
    kept_file,
    kept_reply,
    refused_line,
    unfollowed_reply,
    welcome_reply,
)
from bot.render.single import evidence_reply, findings_reply, show_reply
from bot.render.timeline import timeline_reply

__all__ = [
    "added_line",
    "added_reply",
    "brief_reply",
    "changes_reply",
    "commitments_reply",
    "decided_reply",
    "digest_reply",
    "erased_reply",
    "error_reply",
    "evidence_reply",
    "export_file",
    "export_reply",
    "facts_reply",
    "findings_reply",
    "followed_line",
    "followed_reply",
    "following_reply",
    "follows_reply",
    "forget_question",
    "forgotten_reply",
    "judged_line",
    "judged_reply",
    "kept_file",
    "kept_reply",
    "log_reply",
    "lost_reply",
    "named_reply",
    "nothing_reply",
    "party_reply",
    "paused_reply",
    "questions_reply",
    "refused_line",
    "removed_reply",
    "replaced_line",
    "restored_reply",
    "retracted_reply",
    "review_reply",
    "search_reply",
    "show_reply",
    "sources_reply",
    "split_reply",
    "status_reply",
    "timeline_reply",
    "undone_reply",
    "unfollowed_reply",
    "update_reply",
    "updates_reply",
    "welcome_reply",
]
