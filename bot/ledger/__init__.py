"""Pure decisions about entries: is this the same matter, and where does it stand. Each same-as gives its reason."""

from bot.ledger.copies import near_copy, text_keys
from bot.ledger.decide import Candidates, decide, keys
from bot.ledger.links import link_keys, proposals, sought_keys
from bot.ledger.matter import matter_keys
from bot.ledger.same import commitment_key, fact_key, question_key, same_commitment, same_fact, same_question
from bot.ledger.status import commitment_status, commitment_steps, date_passed, question_status, question_steps
from bot.ledger.undo import undoing
from bot.ledger.values import shifts

__all__ = [
    "Candidates",
    "commitment_key",
    "commitment_status",
    "commitment_steps",
    "date_passed",
    "decide",
    "fact_key",
    "keys",
    "link_keys",
    "matter_keys",
    "near_copy",
    "proposals",
    "question_key",
    "question_status",
    "question_steps",
    "same_commitment",
    "same_fact",
    "same_question",
    "shifts",
    "sought_keys",
    "text_keys",
    "undoing",
]
