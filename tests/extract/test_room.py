"""The mouth of the room: media types, plain texts, PDF files, hints, and faults that become outcomes."""

from __future__ import annotations

import io

import pypdfium2
import pytest

from archive.extract import EXTRACTOR, HINTS, check_hints
from archive.records import Outcome
from tests.extract.pages import read

PAGE = "<html><body><h1>Levee holds</h1><p>The levee held through the night, Chair Dietz said.</p></body></html>"


def _pdf(lines: list[str], **information: str) -> bytes:
    """A PDF of one sheet with these lines, made by hand: no library here writes text into one."""
    drawn = "".join(f"1 0 0 1 72 {720 - 14 * n} Tm ({line}) Tj\n" for n, line in enumerate(lines))
    stream = f"BT /F1 12 Tf\n{drawn}ET"
    info = "".join(f"/{key} ({value}) " for key, value in information.items())
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        " /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        f"<< {info}>>",
    ]
    out, places = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    for number, text in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1"))
    start = out.tell()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    out.write(f"xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R /Info 5 0 R >>\n".encode())
    out.write(f"startxref\n{start}\n%%EOF".encode())
    return out.getvalue()


RELEASE = _pdf(
    [
        "FOR IMMEDIATE RELEASE",
        "Levee Holds, Chair Dietz Reports",
        "July 8, 2025",
        "The levee held through the night of the storm, and no house was lost, as the",
        "board of the dis-",
        "trict said today.",
        "Repairs begin on Monday.",
    ],
    CreationDate="D:20250709101500-05'00'",
    Title="Microsoft Word - draft3.docx",
)


@pytest.mark.parametrize(
    ("payload", "media_type", "outcome"),
    [
        (PAGE, "text/html", Outcome.TEXT),
        (PAGE, "text/html; charset=utf-8", Outcome.TEXT),
        (PAGE, "application/xhtml+xml", Outcome.TEXT),
        (PAGE, None, Outcome.TEXT),
        (PAGE, "application/octet-stream", Outcome.TEXT),
        ("  \n" + PAGE, "", Outcome.TEXT),
        (RELEASE, "text/html", Outcome.TEXT),
        (RELEASE, None, Outcome.TEXT),
        ("Words.", "text/plain", Outcome.TEXT),
        ("", "text/html", Outcome.EMPTY),
        ("  ", "text/plain", Outcome.EMPTY),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "image/png", Outcome.UNSUPPORTED),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "text/html", Outcome.UNSUPPORTED),
        ("Words.", None, Outcome.UNSUPPORTED),
        ("{}", "application/json", Outcome.UNSUPPORTED),
        (b"%PDF-1.7\nbroken", "application/pdf", Outcome.UNREADABLE),
    ],
)
def test_media_type(payload: bytes | str, media_type: str | None, outcome: Outcome) -> None:
    """The declared media type decides unless the bytes plainly are something else; what is not text has a reason."""
    found = read(payload, media_type=media_type)
    assert found.outcome is outcome
    assert (found.reason is None) == (outcome is Outcome.TEXT)


def test_plain_text_is_kept() -> None:
    """A plain text is kept to the character, so that offsets into it hold; its title is its first line."""
    text = "\n  Statement of Mayor Lind  \n\n\tWe mourn.   “Always.”\r\n\n"
    found = read(text, media_type="text/plain")
    assert (found.text, found.title) == (text, "Statement of Mayor Lind")


def test_pdf() -> None:
    """A PDF gives paragraphs put together from lines, a title that a person wrote, and the day of its dateline."""
    found = read(RELEASE, media_type="application/pdf")
    assert found.title == "Levee Holds, Chair Dietz Reports"
    assert "and no house was lost, as the board of the district said today." in found.text
    assert found.text.endswith("\n\nRepairs begin on Monday.")
    assert found.published is not None
    assert (found.published.day.isoformat(), found.published.basis) == ("2025-07-08", "dateline")


def test_pdf_information() -> None:
    """Title and day of a PDF are those of its information where it has no others."""
    lines = ["The levee held through the night."]
    found = read(
        _pdf(lines, Title="Levee report", CreationDate="D:20250709101500-05'00'"), media_type="application/pdf"
    )
    assert found.title == "Levee report"
    assert found.published is not None
    assert found.published.at is not None
    assert found.published.at.isoformat() == "2025-07-09T10:15:00-05:00"


def test_pdf_without_text() -> None:
    """A PDF of mere pictures is empty, and says so."""
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    found = read(buffer.getvalue(), media_type="application/pdf")
    assert (found.outcome, found.reason) == (Outcome.EMPTY, "the PDF holds no text, only pictures of it")


def test_pdf_encrypted() -> None:
    """An encrypted PDF is unreadable, and says why."""
    encrypt = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"ab" * 32 + b"> /U <" + b"cd" * 32 + b"> >>"
        b" /ID [<00> <00>] /Info 5 0 R"
    )
    found = read(RELEASE.replace(b"/Info 5 0 R", encrypt), media_type="application/pdf")
    assert (found.outcome, found.reason) == (Outcome.UNREADABLE, "the PDF is encrypted")


@pytest.mark.parametrize(
    ("hints", "match"), [({"boddy": "p"}, "unknown hint 'boddy'; known are"), ({"body": "p["}, "'body' is no CSS")]
)
def test_wrong_hint(hints: dict[str, str], match: str) -> None:
    """A misspelt hint, or one that is no selector, is refused by name."""
    with pytest.raises(ValueError, match=match):
        check_hints(hints)


def test_hints() -> None:
    """Every hint is known, compiles, and is obeyed before anything the page declares."""
    hints = {"body": "td.t, td.u", "title": "b", "date": "i", "remove": "u"}
    check_hints(hints)
    assert set(hints) == HINTS
    found = read(
        "<title>X</title><b>Own title</b><i>May 2, 2025</i><table><tr><td class=t>One <u>[x]</u>here.</td>"
        "<td class=u>Two.</td></tr></table><p>Much more text stands here than in the cells of the table above.</p>",
        hints=tuple(hints.items()),
    )
    assert found.published is not None
    assert (found.title, found.text, str(found.published.day)) == ("Own title", "One here.\n\nTwo.", "2025-05-02")


def test_version_names_the_libraries() -> None:
    """The extractor's version changes with its libraries, so that their upgrade never looks like an edit."""
    revision, *libraries = EXTRACTOR.split("+")
    assert revision.isdigit()
    assert [name.rstrip("0123456789.") for name in libraries] == ["quotations", "trafilatura", "pdfium"]
