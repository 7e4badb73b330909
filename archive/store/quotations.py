"""Quotations as an extraction row keeps them: short lists, whose words stand in the row's text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from archive.records import Quotation, QuotationKind, SpeakerForm
from archive.text import storable

__all__ = ["decoded", "encoded"]

# The order of a stored list; what a quotation lacks at the end is left out.
_FIELDS = (
    "start", "end", "kind", "group", "confidence", "speaker_as_printed", "speaker_start", "speaker_end", "cue",
    "speaker", "form", "role", "place", "on_behalf_of", "turn",
    "continues",
)  # fmt: skip


def encoded(quotations: Iterable[Quotation]) -> list[Any] | None:
    """Quotations as JSON can hold them; None where there are none."""
    return [_encoded(each) for each in quotations] or None


def _encoded(quotation: Quotation) -> list[Any]:
    values = [_storable(getattr(quotation, name)) for name in _FIELDS]
    while values and not values[-1]:
        values.pop()
    return values


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return storable(str(value))
    return round(value, 4) if isinstance(value, float) else value


def decoded(stored: list[Any] | None, text: str) -> list[Quotation]:
    """The quotations of a stored list, with their words out of the text."""
    return [_decoded(values, text) for values in stored or ()]


def _decoded(values: list[Any], text: str) -> Quotation:
    given = dict(zip(_FIELDS, values, strict=False))
    given["kind"] = QuotationKind(given["kind"])
    given["form"] = SpeakerForm(given["form"]) if given.get("form") else None
    given["turn"] = bool(given.get("turn"))
    given["continues"] = bool(given.get("continues"))
    given.setdefault("confidence", 0.0)
    given.setdefault("group", 0)
    return Quotation(content=text[given["start"] : given["end"]], **given)
