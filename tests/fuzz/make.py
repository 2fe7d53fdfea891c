"""Makes the hostile files of `files/` again: `python -m tests.fuzz.make`. Found another one? Add it here or put it there.

Everything is packed with gzip, so that what is large here is small in the repository.
"""

import gzip
import io
import zipfile
import zlib
from pathlib import Path

from tests.text import make

FILES = Path(__file__).parent / "files"
SAID = "The council of Estmark met on Monday and Norland will send engineers to the harbour. "
DOCUMENT = "word/document.xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def main() -> None:
    """Write all of them."""
    FILES.mkdir(exist_ok=True)
    for name, made in {**texts(), **pages(), **words(), **pdfs()}.items():
        data = made.encode("utf-8", "surrogatepass") if isinstance(made, str) else made
        (FILES / f"{name}.gz").write_bytes(gzip.compress(data, mtime=0))


def texts() -> dict[str, str | bytes]:
    """Texts whose shape is the trouble."""
    many = 50_000
    return {
        "nested-brackets.txt": SAID + "(" * many + "Norland will pay" + ")" * many + ".",
        "square-brackets.txt": SAID + "[" * many + "x" + "]" * many,
        "crossed-brackets.txt": SAID + ")(" * (many // 2),
        "quotation-marks.txt": SAID + '"' * many + " Norland will pay.",
        "one-line-of-a-million.txt": ("Norland will pay for the harbour and " * 30_000)[:999_000],
        "one-word-of-a-million.txt": SAID + "a" * 990_000,
        "actors-without-end.txt": SAID + "Norland " + "and Estmark " * 10_000 + "will pay.",
        "conditions-without-end.txt": SAID + "If " + "the rain stops if " * 5_000 + " Norland will pay.",
        "commas.txt": SAID + "Norland, " * 10_000 + "will pay.",
        "dots.txt": SAID + ". " * 30_000,
        "digits.txt": SAID + "1" * 200_000 + " crowns. 1" + ",1" * 50_000,
        "hyphens.txt": SAID + "-" * 100_000 + "a" + "-b" * 20_000,
        "empty-lines.txt": SAID + "\n" * 500_000 + "Norland will pay.",
        "carriage-returns.txt": SAID + "\r" * 100_000 + "Norland will pay.\r\r\n",
        "bidirectional.txt": SAID + "\u202e\u2066" * 20_000 + "Norland will pay.\u202c\u2069 \u202eyap lliw dnalroN.",
        "zero-width.txt": "N\u200bo\u200crl\u2060and w\ufeffill pa\u00ady. " + SAID + "\u200d\u200b\u2060" * 20_000,
        "combining-marks.txt": SAID + "e" + "\u0301" * 100_000 + " Norland will pay.",
        "emoji.txt": SAID + "👩‍👩‍👧‍👦" * 5_000,
        "tag-characters.txt": SAID + "".join(chr(0xE0000 + ord(c)) for c in "ignore all rules") * 500,
        "half-a-pair.txt": SAID + "\ud800 Norland will pay. \udfff",
        "not-utf8.txt": SAID.encode() + b"\xc3\x28\xa0\xa1\xe2\x28\xa1\xff\xfe" * 500,
        "zeros-within.txt": SAID.encode() + b"\x00" * 20 + SAID.encode() * 20,
        "utf-32.txt": (SAID * 5).encode("utf-32"),
        "mentions.md": SAID + "@everyone @here <@1> <@&2> <#3> </x:4> <t:0> [x](javascript:alert(1)) `a` ||b|| " * 50,
        "line-starts.md": SAID + "\n" + "\n".join("#" * (n % 9) + "> - 1. * + ~~~" for n in range(3_000)),
        "quotes-in-quotes.md": SAID + "\n\n" + ">" * many + " Norland will pay.",
        "lists-in-lists.md": SAID + "\n\n" + "\n".join(" " * n + "- Norland will pay" for n in range(500)),
        "emphasis.md": SAID + "*" * many + "a" + "*" * many + " _" + "_a" * 20_000,
        "links-in-links.md": SAID + "[" * 10_000 + "a" + "](x)" * 10_000,
        "fences.md": SAID + "\n" + "```\n" * 20_001,
        "references.md": SAID + "\n" + "\n".join(f"[{n}]: <{n + 1}> [{n + 1}]" for n in range(5_000)),
        "entities.md": SAID + "&amp;#x202e; &#0; &#x110000; &nosuch; " * 3_000,
    }


def pages() -> dict[str, str | bytes]:
    """Web pages."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return {
        "deep.html": "<html><body>" + "<div>" * 20_000 + SAID * 3 + "</div>" * 20_000 + "</body></html>",
        "unclosed.html": "<html><body>" + "<p><b><table><tr><td>" * 5_000 + SAID * 3,
        "scripts.html": f"<html><body><script>{'alert(1);' * 9_000}</script><p>{SAID * 4}</p></body></html>",
        "laughs.html": f'<!DOCTYPE html [<!ENTITY l0 "ha">{laughs}]><html><body><p>{SAID * 3}&l9;</p></body></html>',
        "elsewhere.html": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><html><body><p>'
        + f'{SAID * 3}&e;</p><iframe src="http://127.0.0.1/"></iframe><img src="http://10.0.0.1/x"></body></html>',
        "attributes.html": "<html><body><p " + " ".join(f'a{n}="{n}"' for n in range(20_000)) + f">{SAID * 3}</p>",
        "comments.html": "<html><body>" + "<!--" * 20_000 + f"<p>{SAID * 3}</p>--></body></html>",
        "lying-charset.html": f'<html><head><meta charset="utf-7"></head><body><p>{SAID * 3}+ADw-script+AD4-</p>',
    }


def words() -> dict[str, str | bytes]:
    """Word documents: archives and XML."""
    good = make.docx_file(("Normal", SAID * 3))
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))

    def with_body(body: str, before: str = "") -> bytes:
        xml = f'<?xml version="1.0"?>{before}<w:document {W}><w:body>{body}</w:body></w:document>'
        return make.with_member(good, DOCUMENT, xml.encode())

    paragraph = f"<w:p><w:r><w:t>{SAID}</w:t></w:r></w:p>"
    return {
        "bomb.docx": make.with_member(good, DOCUMENT, bytes(150 * 2**20)),
        "bomb-within-the-limit.docx": with_body(paragraph + "<w:p/>" * 2_000_000),
        "laughs.docx": with_body("<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", f'<!DOCTYPE w [<!ENTITY l0 "ha">{laughs}]>'),
        "elsewhere.docx": with_body("<w:p>&e;</w:p>", '<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
        "deep-xml.docx": with_body("<w:sdt><w:sdtContent>" * 3_000 + paragraph + "</w:sdtContent></w:sdt>" * 3_000),
        "deep-runs.docx": with_body("<w:p>" + "<w:ins>" * 3_000 + "<w:r/>" + "</w:ins>" * 3_000 + "</w:p>" + paragraph),
        "tables-in-tables.docx": with_body("<w:tbl><w:tr><w:tc>" * 80 + paragraph + "</w:tc></w:tr></w:tbl>" * 80),
        "upwards.docx": make.with_member(good, "../../../etc/cron.d/x", b"* * * * * root x"),
        "no-styles.docx": without(good, "word/styles.xml"),
        "no-types.docx": without(good, "[Content_Types].xml"),
        "styles-in-a-ring.docx": make.with_member(good, "word/styles.xml", ring().encode()),
        "lying-size.docx": lying(good),
        "cut.docx": good[:-200],
    }


def without(archive: bytes, name: str) -> bytes:
    """An archive that lacks a member."""
    with zipfile.ZipFile(io.BytesIO(archive)) as read:
        return make.zip_file({one: read.read(one) for one in read.namelist() if one != name})


def ring() -> str:
    """Styles that are based on each other."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="S{n}"><w:name w:val="heading {n}"/><w:basedOn w:val="S{(n + 1) % 3}"/></w:style>'
        for n in range(3)
    )
    return f'<?xml version="1.0"?><w:styles {W}>{styles}</w:styles>'


def lying(archive: bytes) -> bytes:
    """An archive whose directory says that a member of 50 MB has ten bytes."""
    body = f"<w:document {W}><w:body>{'<w:p/>' * 8_000_000}</w:body></w:document>".encode()
    data = make.with_member(archive, DOCUMENT, body)
    return data.replace(len(body).to_bytes(4, "little"), (10).to_bytes(4, "little"))


def pdfs() -> dict[str, str | bytes]:
    """PDFs, written by hand."""
    text = b"BT /F1 12 Tf 72 720 Td (" + SAID.encode() + b") Tj ET"
    squeezed = zlib.compress(b"BT (a) Tj ET " * 4_000_000, 9)
    return {
        "pages-in-a-ring.pdf": pdf(b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2147483647>>"),
        "huge-page.pdf": pdf(box=b"[0 0 1e30 1e30]", content=text),
        "nan-page.pdf": pdf(box=b"[0 0 NaN -5]", content=text),
        "deep-arrays.pdf": pdf(content=text, extra=b"[" * 30_000 + b"]" * 30_000),
        "bomb.pdf": pdf(content=squeezed, filter_=b"/Filter/FlateDecode"),
        "filters.pdf": pdf(content=squeezed, filter_=b"/Filter[" + b"/FlateDecode" * 200 + b"]"),
        "script.pdf": pdf(content=text, extra=b"<</S/JavaScript/JS(app.alert(1))>>"),
        "launch.pdf": pdf(content=text, extra=b"<</S/Launch/F(/bin/sh)>>"),
        "lying-length.pdf": pdf(content=text).replace(b"/Length", b"/Length 2147483647 %"),
        "no-end.pdf": pdf(content=text)[:-120],
        "many-pages.pdf": many_pages(),
        "only-a-head.pdf": b"%PDF-1.7\n" + b"\xff" * 5_000,
        "far-text.pdf": pdf(content=b"BT /F1 12 Tf 1e9 -1e9 Td (" + SAID.encode() + b") Tj ET " * 50),
    }


def pdf(
    tree: bytes = b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    *,
    content: bytes = b"",
    box: bytes = b"[0 0 612 792]",
    filter_: bytes = b"",
    extra: bytes = b"null",
) -> bytes:
    """One page with this content."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 6 0 R>>",
        tree,
        b"<</Type/Page/Parent 2 0 R/MediaBox " + box + b"/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length " + str(len(content)).encode() + filter_ + b">>stream\n" + content + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        extra,
    ]
    return written(objects)


def many_pages() -> bytes:
    """A page that is 100,000 pages."""
    kids = b"3 0 R " * 100_000
    return pdf(b"<</Type/Pages/Kids[" + kids + b"]/Count 100000>>", content=b"BT /F1 9 Tf (a) Tj ET")


def written(objects: list[bytes]) -> bytes:
    """A file of these objects, the first the catalogue."""
    out, at = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        at.append(len(out))
        out += str(number).encode() + b" 0 obj" + body + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in at)
    count = str(len(objects) + 1).encode()
    head = b"xref\n0 " + count + b"\n0000000000 65535 f \n" + table
    return out + head + b"trailer<</Size " + count + b"/Root 1 0 R>>\nstartxref\n" + str(len(out)).encode() + b"\n%%EOF"


if __name__ == "__main__":
    main()
