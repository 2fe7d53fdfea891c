"""Pure decisions about entries: is this the same matter, and where does it stand. Each same-as gives its reason."""

from bot.ledger.decide import Candidates, decide, keys
from bot.ledger.same import commitment_key, fact_key, question_key, same_commitment, same_fact, same_question
from bot.ledger.status import commitment_status, commitment_steps, question_status, question_steps
from bot.ledger.undo import undoing

__all__ = [
    "Candidates",
    "commitment_key",
    "commitment_status",
    "commitment_steps",
    "decide",
    "fact_key",
    "keys",
    "question_key",
    "question_status",
    "question_steps",
    "same_commitment",
    "same_fact",
    "same_question",
    "undoing",
]
