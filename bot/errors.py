"""What can go wrong in a way that a person can do something about.

    DossierError
    ├── SettingsError          a value in config/ or the environment cannot be used
    ├── UnreadableDocument     a document that cannot become a Source
    │   ├── EmptyDocument
    │   ├── BinaryDocument
    │   ├── WrongExtension
    │   ├── EncryptedPdf
    │   ├── EncryptedDocx
    │   ├── DamagedDocument
    │   ├── ScannedPdf
    │   ├── NotEnglish
    │   ├── FileTooLarge
    │   │   └── UnpacksTooLarge
    │   ├── TextTooLong
    │   ├── UnknownFormat
    │   ├── ReadingFailed      the extraction process died of it
    │   └── ReadingTooSlow     it took longer than a document may
    ├── CannotFetch            an address on the web that gives no document
    ├── Busy                   too many documents wait to be read
    ├── NotFound               no such entry, source or file, as far as the asker may know
    ├── NotAllowed             the asker may not do that
    ├── BadInput               an option's value cannot be understood
    ├── ModelMissing           the trained pipeline is not there
    └── StoreError             the store cannot be opened or written
        └── EvidenceMismatch   an item whose quote is not the slice of its source

`str(error)` is what the user reads: what happened, and what to do next. Nothing else is shown of it.
"""

from collections.abc import Callable

from bot.texts import _


class DossierError(Exception):
    """Base of all errors whose message is shown to the user as it is."""


class SettingsError(DossierError):
    """A setting cannot be used."""


class UnreadableDocument(DossierError):
    """A document that cannot become a Source; `name` is the file's name as given."""

    template = _("{name} could not be read. Check the file and add it again.")

    def __init__(self, name: str, **details: object) -> None:
        """Fill `template` with the file's name and the details."""
        self.name = name
        self.details = details
        super().__init__(self.template.format(name=name, **details))

    def __reduce__(self) -> "tuple[Callable[..., UnreadableDocument], tuple[object, ...]]":
        """Pickle by name and details, so that the error crosses from the extraction process as it is."""
        return _unreadable, (type(self), self.name, self.details)


def _unreadable(kind: type[UnreadableDocument], name: str, details: dict[str, object]) -> UnreadableDocument:
    return kind(name, **details)


class EmptyDocument(UnreadableDocument):
    """No text at all."""

    template = _("{name} is empty. Nothing was added. Check that you chose the right file.")


class BinaryDocument(UnreadableDocument):
    """Bytes that are not text in any charset."""

    template = _("{name} holds {found}, which cannot be read as text. Add a {formats} file instead.")


class WrongExtension(UnreadableDocument):
    """The content is of another type than the name says."""

    template = _(
        "{name} is named like {expected} but holds {found}. Rename it so that it ends in {suffix}, and add it again."
    )


class EncryptedPdf(UnreadableDocument):
    """A PDF that needs a password."""

    template = _("{name} is protected by a password. Save a copy without the password and add that.")


class EncryptedDocx(UnreadableDocument):
    """A Word document that needs a password."""

    template = _("{name} is a Word document with a password. Remove the password in Word, save it, and add it again.")


class DamagedDocument(UnreadableDocument):
    """A PDF or DOCX that its reader cannot open."""

    template = _("{name} is damaged and cannot be opened as {found}. Download or export it again and add the new file.")


class ScannedPdf(UnreadableDocument):
    """A PDF whose pages are pictures."""

    template = _(
        "{name} holds only scanned pages, no text. Run it through text recognition (OCR) first, then add the result."
    )


class NotEnglish(UnreadableDocument):
    """A text in another language."""

    template = _(
        "{name} does not seem to be in English (it reads like {language}). "
        "Dossier reads English only; add a translation."
    )


class FileTooLarge(UnreadableDocument):
    """More bytes than the limit."""

    template = _(
        "{name} is {size} MiB; the limit is {limit} MiB. Split it, or save it as plain text, and add the parts."
    )


class UnpacksTooLarge(FileTooLarge):
    """A small file that would fill the memory when unpacked."""

    template = _("{name} unpacks to {size} MiB; the limit is {limit} MiB. Save its text as a txt file, and add that.")


class TextTooLong(UnreadableDocument):
    """More characters than the limit."""

    template = _("{name} holds {length:,} characters; the limit is {limit:,}. Split it and add the parts.")


class UnknownFormat(UnreadableDocument):
    """A format that no reader takes."""

    template = _("Dossier does not read {suffix} files such as {name}. Save it as {formats}, and add that.")


class ReadingFailed(UnreadableDocument):
    """The process that reads documents died of this one."""

    template = _(
        "{name} could not be read: reading it broke off. Nothing was added. Save it as plain text and add that."
    )


class ReadingTooSlow(UnreadableDocument):
    """Reading took longer than one document may take."""

    template = _(
        "{name} was not read: it took more than {time}. Nothing was added. "
        "Split it, or save it as plain text, and add the parts."
    )


class CannotFetch(DossierError):
    """Nothing could be had from an address.

    `passing` where it may work later (`wait` seconds from now, if the server said so), `gone` where it never will.
    """

    def __init__(self, address: str, why: str, *, passing: bool = False, gone: bool = False, wait: int = 0) -> None:
        """Say which address, why, and what to do."""
        self.address, self.why, self.passing, self.gone, self.wait = address, why, passing, gone, wait
        said = _("{address} could not be added. {why} Check the address, or save the document and add it as a file.")
        if passing:
            said = _("{address} could not be added. {why} Try again later, or save the document and add it as a file.")
        super().__init__(said.format(address=address, why=why))

    def __reduce__(self) -> "tuple[Callable[..., CannotFetch], tuple[object, ...]]":
        """Pickle by what it was made of, so that it crosses processes as it is."""
        return _cannot_fetch, (self.address, self.why, self.passing, self.gone, self.wait)


def _cannot_fetch(address: str, why: str, passing: bool, gone: bool, wait: int) -> CannotFetch:
    return CannotFetch(address, why, passing=passing, gone=gone, wait=wait)


class Busy(DossierError):
    """More work waits than is taken on."""


class NotFound(DossierError):
    """There is no such thing in this workspace."""


class NotAllowed(DossierError):
    """The asker may not do that."""


class BadInput(DossierError):
    """An option's value cannot be understood."""


class ModelMissing(DossierError):
    """The trained pipeline is not where it should be."""


class StoreError(DossierError):
    """The store cannot be opened or written."""


class EvidenceMismatch(StoreError):
    """An item whose quote is not the slice of its source: refused before anything is stored."""
