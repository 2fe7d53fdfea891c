"""Brings spaCy's English tokenizer closer to the treebanks' words; what it does is saved with the pipeline."""

from __future__ import annotations

import re
from collections.abc import Callable

from spacy.attrs import ORTH
from spacy.language import Language
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

SIGNS = "*=_~<>$#-+"
RUNS = (r"\.?[!?]{2,}", r"\.[!?]", *(f"{re.escape(sign)}{{2,}}" for sign in SIGNS))
"""A run of one sign is one word."""

BOUND_PREFIXES = ("anti", "co", "counter", "cross", "e", "ex", "inter", "mid", "mini", "multi", "non", "post", "pre",
                  "pro", "re", "semi", "socio", "sub")  # fmt: skip
"""First parts that a hyphen does not cut off ("re-elected", "pro-Beijing"), unlike "peace-keeping"."""

ABBREVIATIONS = ("al.", "approx.", "Attn.", "Capt.", "Col.", "Ed.", "Ft.", "Lt.", "Maj.", "Mlle.", "Sgt.")

PARTED = {"wanna": ("wan", "na"), "Wanna": ("Wan", "na"), "outta": ("out", "ta")}

MISTAKEN = ("):", "(=", "8)", "and/or", "Wed", "wed", "Id", "id", "ID", "g.", "m.", "t.")
"""Exceptions of spaCy's that part or join what is usually meant otherwise: the "m." of "by $3m." ends a sentence."""

NUMBER_WITH_HYPHENS = r"(?:\d-)?(?:\d{3}-){1,2}\d{4}|\d{1,2}-\d{1,2}-(?:\d{2}|\d{4})"


def adapt(nlp: Language) -> None:
    """Changes the tokenizer in place."""
    tokenizer = nlp.tokenizer
    defaults = nlp.Defaults
    tokenizer.prefix_search = compile_prefix_regex([*RUNS, *defaults.prefixes]).search
    clock = r"(?<=[0-9])(?:AM|PM)"
    tokenizer.suffix_search = compile_suffix_regex([*RUNS, clock, *defaults.suffixes]).search
    bound = "".join(f"(?<!(?i:\\b{prefix}))" for prefix in BOUND_PREFIXES)
    infixes = [_without_bound(pattern, bound) for pattern in defaults.infixes]
    tokenizer.infix_finditer = compile_infix_regex([r"(?<=\w)-{2,}(?=\w)", *infixes]).finditer
    tokenizer.token_match = re.compile(f"(?:{NUMBER_WITH_HYPHENS})$").match
    tokenizer.rules = {key: value for key, value in tokenizer.rules.items() if key not in MISTAKEN}
    for form in ABBREVIATIONS:
        tokenizer.add_special_case(form, [{ORTH: form}])
    for form, parts in PARTED.items():
        tokenizer.add_special_case(form, [{ORTH: part} for part in parts])


def _without_bound(pattern: str, bound: str) -> str:
    """spaCy's pattern for hyphens between letters, not after a bound prefix; other patterns as they are."""
    return pattern.replace("(?:-|", f"(?:{bound}-|", 1) if "(?:-|" in pattern else pattern


@registry.callbacks("dossier.adapt_tokenizer")
def adapt_tokenizer() -> Callable[[Language], Language]:
    """For `[initialize.before_init]`: training sees the words that run time sees."""

    def change(nlp: Language) -> Language:
        adapt(nlp)
        return nlp

    return change
