"""PDF files for tests, written by hand: one sheet, Helvetica, one line of text after another."""

from __future__ import annotations

import textwrap

__all__ = ["pdf"]


def pdf(*paragraphs: str, title: str = "") -> bytes:
    """A PDF of these paragraphs, broken into lines of 80 letters."""
    lines = [line for paragraph in paragraphs for line in (*textwrap.wrap(paragraph, 80), "")]
    shown = "".join(f"({line.translate(_ESCAPED)}) Tj T*\n" for line in lines)
    content = f"BT /F1 10 Tf 14 TL 40 760 Td\n{shown}ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        f"<< /Title ({title.translate(_ESCAPED)}) >>".encode("latin-1"),
    ]
    return _written(objects)


_ESCAPED = str.maketrans({"(": r"\(", ")": r"\)", "\\": r"\\"})


def _written(objects: list[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table)
    return bytes(out)
