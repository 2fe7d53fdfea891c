"""What the interface says, in the language of this process; English is the text that stands in the code.

`bot/locale/dossier.pot` lists every text and is written by `make texts`. A language is one file beside it, such as
`de.po`, read as it is when the process starts: nothing is compiled. `DOSSIER_LANGUAGE` names it, or a po file anywhere.
See docs/translating.md.
"""

import os
import string
from collections.abc import Sequence
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

CATALOGUES = Path(__file__).resolve().parent / "locale"
ENGLISH = "en"
LANGUAGE = os.environ.get("DOSSIER_LANGUAGE", "").strip() or ENGLISH
"""Read here and once, as texts that are the same for all are made when their modules are imported."""


def catalogue(language: str) -> Path | None:
    """Where a language's catalogue is; None for English, which needs none."""
    if language == ENGLISH:
        return None
    return Path(language) if language.endswith(".po") else CATALOGUES / f"{language}.po"


def languages() -> list[str]:
    """The languages that there are."""
    return sorted({ENGLISH, *(path.stem for path in CATALOGUES.glob("*.po"))})


def fields(text: str) -> set[str]:
    """The named fields of a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def translations(path: Path | None) -> NullTranslations:
    """The texts of a catalogue; those of English where there is none, or none that can be read.

    A translation whose fields are not those of its text is left out: it could not be filled.
    """
    if path is None or not path.is_file():
        return NullTranslations()
    from babel.messages.mofile import write_mo  # only a translated bot pays for it
    from babel.messages.pofile import PoFileError, read_po

    try:
        with path.open("rb") as file:
            found = read_po(file, ignore_obsolete=True)
    except (PoFileError, ValueError):
        return NullTranslations()
    for message in list(found):
        if message.id and not fits(message.id, message.string):
            found.delete(message.id, message.context)
    compiled = BytesIO()
    write_mo(compiled, found)
    compiled.seek(0)
    return GNUTranslations(compiled)


def fits(text: object, translation: object) -> bool:
    """Whether a translation has the fields of its text, and braces that can be read; a plural may leave out `count`."""
    originals, forms = (each if isinstance(each, (list, tuple)) else (each,) for each in (text, translation))
    free = {"count"} if len(originals) > 1 else set()
    wanted = set().union(*(fields(str(each)) for each in originals)) - free
    try:
        return all(not each or fields(str(each)) - free == wanted for each in forms)
    except ValueError:
        return False


_READ = translations(catalogue(LANGUAGE))


def _(text: str, /, **values: object) -> str:
    """A text in the process's language, with its named fields filled."""
    said = _READ.gettext(text)
    return said.format(**values) if values else said


def n_(one: str, many: str, count: int, /, **values: object) -> str:
    """The same for a text that depends on a number, which its field `count` shows."""
    return _READ.ngettext(one, many, count).format(count=count, **values)


def one_of(names: Sequence[str]) -> str:
    """`“a”`, `“a” or “b”`: names to choose from, each between quotation marks, for one may hold an "and" of its own."""
    return _(" or ").join(_("“{name}”", name=name) for name in names)
