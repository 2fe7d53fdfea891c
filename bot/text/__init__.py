"""Bytes to Document: text, title, publication date, and the headings, paragraphs and bullets as places in the text.

A format is one file in this folder that defines `FORMAT`; see `bot.text.formats`.
"""

from bot.text.dates import parse_date
from bot.text.formats import LONGEST_TEXT, Format, Match, Parsed, formats
from bot.text.reader import LARGEST_FILE, check_text, document_from_text, read_document

__all__ = [
    "LARGEST_FILE",
    "LONGEST_TEXT",
    "Format",
    "Match",
    "Parsed",
    "check_text",
    "document_from_text",
    "formats",
    "parse_date",
    "read_document",
]
