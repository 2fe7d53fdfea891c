"""Make the sample sources that are not text files: `python -m scripts.make_seeds` writes them into `seeds/`.

The words stand below; the same words give the same bytes.
"""

import io
import sys
import zipfile
from pathlib import Path

SEEDS = Path(__file__).resolve().parent.parent / "seeds"

ACCORD = """
# Norhaven and Estrella Bay sign the dredging accord

(A sample for Dossier: the Harbour Compact and everyone in it are invented.)

ESTRELLA BAY, 17 April 2026 — Norhaven and Estrella Bay today signed the accord under which two dredgers will clear the
silted channel. The signing took place on the fish market pier before the delegates of the Harbour Compact.

## Key Facts

- Norhaven and Estrella Bay have signed an accord on the loan of two dredgers for ten weeks.

- The Tidewater Commission will insure both vessels.

- No landing place for the silt has been agreed.

## What each side has taken on

Norhaven committed itself to deliver the Marrow and the Second Tide by 30 April and to complete the work by 10 July. It
will also bear the wages of the crews. Estrella Bay agreed to pay for the fuel, which settles a question that had been
open since February.

The Tidewater Commission undertook to insure both vessels after the town accepted a limit of one million crowns on any
claim. “The last obstacle went when the mayor picked up his pen,” said its secretary, Abel Quist.

## What the accord leaves open

Port Veyra refused to sign the annex on silt. “We will not take a single barge,” said its delegate, Corin Vale. Where
will 340,000 cubic metres of it go? Norhaven is considering the old quarry at Cinder Head, but it is not clear whether
the quarry is safe.

The council's ruling on the winter dues is still awaited; it had been expected this month. The parties agreed to meet
again in Saltmere in June.
"""

REPORT = """
# Fourth report on the works at Estrella Bay

(A sample for Dossier: the Harbour Compact and everyone in it are invented.)

Saltmere, 11 May 2026

Harbour Watch audits the works for the five members of the Harbour Compact. This report covers the weeks from 6 April to
9 May.

## Dredging

Norhaven delivered both dredgers on 29 April, as it had promised in the accord, and work began on the following day. At
the present rate the channel can be open in early July. The auditors found no fault with the fuel accounts of Estrella
Bay.

## The breakwater fund

Doubts have grown about whether the Calder Republic will pay the first half of its four million crowns in June. The sum
is missing from the draft budget, and three letters to the treasury have gone unanswered. It is also uncertain whether
the word of an envoy binds the assembly.

Saltmere's assembly voted on 5 May to join the fund. The island is going to contribute 600,000 crowns a year for five
years.

## Points to watch

- Can the breakwater be begun this year without the Calder share?

- The accord does not say who must remove the silt if no landing place is found.

- Port Veyra has yet to explain why it cancelled the inspection of its basin.

| Dredgers | delivered on 29 April

| Insurance | in force since 24 April

| Landing place | not agreed

Harbour Watch will report again in August. It intends to inspect all three landing places before then, and the Tidewater
Commission has offered its survey boats for the purpose.
"""

MARKS = {"# ": "title", "## ": "heading", "- ": "bullet", "| ": "row"}


def parts(source: str) -> list[tuple[str, str]]:
    """The source's paragraphs with their roles: title, heading, bullet, row or text."""
    found = []
    for paragraph in source.strip().split("\n\n"):
        words = " ".join(paragraph.split("\n"))
        mark = next((mark for mark in MARKS if words.startswith(mark)), "")
        found.append((MARKS.get(mark, "text"), words.removeprefix(mark)))
    return found


def accord_pdf() -> bytes:
    """The accord as a PDF."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import ListFlowable, ListItem, Paragraph, SimpleDocTemplate

    sheet = getSampleStyleSheet()
    styles = {"title": sheet["Title"], "heading": sheet["Heading2"], "text": sheet["BodyText"]}
    flowables = []
    for role, words in parts(ACCORD):
        if role == "bullet":
            item = ListItem(Paragraph(words, sheet["BodyText"]))
            flowables.append(ListFlowable([item], bulletType="bullet", start="•", bulletOffsetY=2))
        else:
            flowables.append(Paragraph(words, styles[role]))
    buffer = io.BytesIO()
    title = parts(ACCORD)[0][1]
    SimpleDocTemplate(buffer, pagesize=A4, title=title, author="The Harbour Compact", invariant=1).build(flowables)
    return buffer.getvalue()


def report_docx() -> bytes:
    """The report as a Word document."""
    from docx import Document

    document = Document()
    document.core_properties.title = parts(REPORT)[0][1]
    document.core_properties.author = "Harbour Watch"
    styles = {"title": "Title", "heading": "Heading 1", "text": "Normal", "bullet": "List Bullet"}
    table = None
    for role, words in parts(REPORT):
        if role != "row":
            document.add_paragraph(words, style=styles[role])
            continue
        table = table or document.add_table(rows=0, cols=2, style="Light Grid Accent 1")
        for cell, entry in zip(table.add_row().cells, words.split(" | "), strict=True):
            cell.text = entry
    buffer = io.BytesIO()
    document.save(buffer)
    return _without_times(buffer.getvalue())


def _without_times(data: bytes) -> bytes:
    """The archive with every member dated alike, so that making it again gives the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


MADE = {"2026-04-17-dredging-accord.pdf": accord_pdf, "2026-05-11-harbour-watch-report.docx": report_docx}


def main(folder: Path = SEEDS) -> None:
    """Write the files into `folder` and say which."""
    for name, make in MADE.items():
        (folder / name).write_bytes(make())
        print(f"{folder / name} written.")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SEEDS)
