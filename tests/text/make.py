"""Real files of every format, made on the spot."""

import io
import zipfile
from collections.abc import Iterable

import docx
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import ListFlowable, ListItem, Paragraph, SimpleDocTemplate

from bot.domain import Document

ENGLISH = (
    "The Calder Republic said on Tuesday that it would send engineers to Estrella Bay if the storm barrier is approved. "
    "Its envoy told the council that the works could begin before the winter, and that the costs would be shared."
)
GERMAN = (
    "Die Republik Calder erklärte am Dienstag, sie werde Ingenieure nach Estrella Bay entsenden, falls die Sperre "
    "genehmigt werde. Ihr Gesandter sagte dem Rat, die Arbeiten könnten noch vor dem Winter beginnen."
)


def outline(document: Document) -> list[tuple[str, int, str]]:
    """The blocks as (kind, level, words), to compare at a glance."""
    return [(b.kind.value, b.level, document.text[b.start : b.end]) for b in document.blocks]


def words(document: Document, kind: str) -> list[str]:
    """The words of all blocks of a kind."""
    return [text for found, _, text in outline(document) if found == kind]


def pdf(*parts: tuple[str, str], title: str = "", footer: bool = False, password: str | None = None) -> bytes:
    """A PDF of (style, text) parts; the style `Bullet` makes a list item."""
    styles, buffer = getSampleStyleSheet(), io.BytesIO()

    def furniture(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.drawString(60, 810, "Harbour Compact Record")
        canvas.drawString(280, 30, f"Page {document.page}")

    template = SimpleDocTemplate(buffer, pagesize=A4, title=title, invariant=1, encrypt=_encryption(password))
    flowables = [
        ListFlowable([ListItem(Paragraph(text, styles["BodyText"]))], bulletType="bullet", start="•")
        if style == "Bullet"
        else Paragraph(text, styles[style])
        for style, text in parts
    ]
    hooks = {"onFirstPage": furniture, "onLaterPages": furniture} if footer else {}
    template.build(flowables, **hooks)
    return buffer.getvalue()


def _encryption(password: str | None) -> StandardEncryption | None:
    return StandardEncryption(password, canPrint=1) if password is not None else None


def drawn_pdf(lines: Iterable[tuple[float, float, str]], *, font: str = "Helvetica", size: float = 11) -> bytes:
    """A PDF page with each text drawn at (x, y)."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setFont(font, size)
    for x, y, text in lines:
        canvas.drawString(x, y, text)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def scanned_pdf(*, pages: int = 1) -> bytes:
    """A PDF whose pages are a picture each."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for _ in range(pages):
        canvas.drawImage(ImageReader(Image.new("L", (200, 280), 180)), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def blank_pdf() -> bytes:
    """A PDF with one page that shows nothing."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def docx_file(*parts: tuple[str, str], title: str = "") -> bytes:
    """A Word document of (style, text) parts."""
    document = docx.Document()
    document.core_properties.title = title
    for style, text in parts:
        document.add_paragraph(text, style=style)
    return saved(document)


def saved(document: "docx.document.Document") -> bytes:
    """The bytes of a python-docx document."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def zip_file(members: dict[str, bytes]) -> bytes:
    """A ZIP archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    """A ZIP archive with one member put in or replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {member: archive.read(member) for member in archive.namelist()}
    return zip_file({**members, name: content})


def picture() -> bytes:
    """A PNG."""
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), (10, 120, 200)).save(buffer, "PNG")
    return buffer.getvalue()
