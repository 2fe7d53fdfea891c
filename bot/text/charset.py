"""Bytes to text in any sane charset: what the bytes say themselves, then UTF-8, then what fits English best."""

import codecs
import re
from functools import lru_cache

from bot.errors import BinaryDocument

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = ("cp1252", "mac_roman")
_SAMPLE = 65_536
_MOST_ODD = 0.1
_SPOILT_SHARE = 10
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
# In English, a letter beyond ASCII stands in a word, and a quote or dash at its edge or as an apostrophe in it.
_PLAUSIBLE = re.compile(
    r"(?<![^\W\d_])[À-ÖØ-Þ](?=[a-zß-öø-ÿ])|[a-zA-Zß-öø-ÿ]?[ß-öø-ÿœšž](?![A-Z])|[a-zA-Z]’[a-z]|[\s(\[“][“‘]\w"
    r"|[“‘](?=\w)|[”’](?!\w)|[–—…•·\xa0™®©°§£€½¼¾«»†²³±×]"
)


def decode(data: bytes, name: str) -> str:
    """The text that `data` holds; `BinaryDocument` where it is no text in any charset."""
    text = _decoded(data)
    if text is None:
        raise BinaryDocument(name, found="binary data", formats="txt or md")
    return text


def is_text(data: bytes) -> bool:
    """Whether the bytes are text in some charset."""
    return _decoded(data) is not None


def is_utf(data: bytes) -> bool:
    """Whether the bytes begin with a byte order mark or are valid UTF-8."""
    return any(data.startswith(mark) for mark, _ in _MARKS) or _strict(data, "utf-8") is not None


@lru_cache(maxsize=1)
def _decoded(data: bytes) -> str | None:
    encoding = next((codec for mark, codec in _MARKS if data.startswith(mark)), None)
    if encoding:
        return _clean(data.decode(encoding, "replace") if encoding.startswith("utf-8") else _strict(data, encoding))
    text = _strict(data, "utf-8")
    if text is not None and "\x00" not in text:
        return _clean(text)
    if (encoding := _without_mark(data)) is None:
        if (repaired := _damaged_utf8(data)) is not None:
            return _clean(repaired)
        encoding = _legacy(data)
    return _clean(_strict(data, encoding))


def _damaged_utf8(data: bytes) -> str | None:
    """UTF-8 with a few bytes spoilt: one bad byte must not garble every name in the text."""
    text = data.decode("utf-8", "replace")
    spoilt = text.count("\ufffd")
    high = sum(1 for c in text[:_SAMPLE] if c > "\x7f") - spoilt
    return text if spoilt * _SPOILT_SHARE < high else None


def _strict(data: bytes, encoding: str | None) -> str | None:
    try:
        return data.decode(encoding) if encoding else None
    except (UnicodeDecodeError, LookupError):
        return None


def _clean(text: str | None) -> str | None:
    """None where control characters give away that the bytes were never text; one in a thousand may be a slip."""
    if text is None or "\x00" in text:
        return None
    return text if len(_CONTROL.findall(text[:_SAMPLE])) * 1000 <= len(text[:_SAMPLE]) else None


def _without_mark(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: in English every other byte is zero."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if sample[1::2].count(0) > 0.7 * half and not sample[::2].count(0):
        return "utf-16-le"
    if sample[::2].count(0) > 0.7 * half and not sample[1::2].count(0):
        return "utf-16-be"
    return None


def _legacy(data: bytes) -> str | None:
    """The one-byte charset in which the text reads most like English, else the detector's guess."""
    odd, best = min(((_oddness(data, codec), codec) for codec in _WESTERN), key=lambda pair: pair[0])
    return best if odd <= _MOST_ODD else _detected(data)


def _oddness(data: bytes, encoding: str) -> float:
    """The share of characters beyond ASCII that stand where English would not have them; 1.0 where undecodable.

    Text with many of them is not English in that charset whatever they are.
    """
    text = _strict(data, encoding)
    if text is None:
        return 1.0
    sample = text[:_SAMPLE]
    high = sum(1 for c in sample if c > "\x7f")
    letters = sum(1 for c in sample if c.isalpha())
    if high * 3 > letters:
        return 1.0
    fitting = sum(1 for match in _PLAUSIBLE.finditer(sample) if not match.group().isascii())
    return 1 - min(1.0, fitting / high) if high else 0.0


def _detected(data: bytes) -> str | None:
    from charset_normalizer import from_bytes  # costly to load and seldom needed

    best = from_bytes(data[:_SAMPLE]).best()
    return best.encoding if best else None
