"""What a judged sample says of the whole: precision of each judged column with an interval. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["JUDGED", "Precision", "Scored", "score"]

JUDGED = ("words_right", "speaker_right", "office_right", "jurisdiction_right")
NEEDED = ("kind", *JUDGED)
# As people and spreadsheets write a judgement.
_YES = frozenset(("1", "1.0", "y", "yes", "true", "right", "x"))
_NO = frozenset(("0", "0.0", "n", "no", "false", "wrong"))
Z = 1.959964  # of the normal distribution: 95 % lie within
NAMED = 5  # odd cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """How many judged rows are right, with the Wilson interval that holds the true share in 95 of 100 samples.

    `precision` weighs each row by the appearances that it stands for, where the sample is stratified.
    """

    column: str
    kind: str
    judged: int
    right: int
    precision: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A sheet's figures, and how many of its rows nobody judged in any column."""

    rows: int
    unfilled: int
    figures: list[Precision]


@dataclass(frozen=True, slots=True)
class _Verdict:
    column: str
    kind: str
    stratum: str
    size: float
    right: bool


def score(sheet: Iterable[Mapping[str, str | None]]) -> Scored:
    """The precision of each judged column, for all kinds and for each.

    Raises ValueError for a sheet without the columns, for cells that are no judgement, and where nothing is filled in.
    """
    rows = list(sheet)
    _check(rows)
    verdicts = [verdict for row, size in zip(rows, _sizes(rows), strict=True) for verdict in _verdicts(row, size)]
    if not verdicts:
        raise ValueError(f"nothing is filled in; write 1 or 0 into {', '.join(JUDGED)}")
    judged = sum(any((row[column] or "").strip() for column in JUDGED) for row in rows)
    return Scored(rows=len(rows), unfilled=len(rows) - judged, figures=list(_figures(verdicts)))


def _check(rows: Sequence[Mapping[str, str | None]]) -> None:
    missing = [name for name in NEEDED if rows and name not in rows[0]]
    if missing:
        raise ValueError(f"the sheet has no column {missing[0]!r}; its first line names the columns as it was drawn")
    odd = [
        f"row {number}, {column}: {cell!r}"
        for number, row in enumerate(rows, 1)
        for column in JUDGED
        if (cell := (row[column] or "").strip()) and cell.lower() not in _YES | _NO
    ]
    if odd:
        more = f" and {len(odd) - NAMED} more" if len(odd) > NAMED else ""
        raise ValueError(f"{'; '.join(odd[:NAMED])}{more}: no judgement; write 1, 0, or nothing")


def _sizes(rows: Sequence[Mapping[str, str | None]]) -> Iterator[float]:
    """How many appearances each row's stratum has, from the weights that the sheet was drawn with."""
    weights = [_weight(row.get("weight")) for row in rows]
    sizes: dict[str, float] = {}
    for row, weight in zip(rows, weights, strict=True):
        stratum = row.get("stratum") or ""
        sizes[stratum] = sizes.get(stratum, 0.0) + weight
    return (sizes[row.get("stratum") or ""] for row in rows)


def _weight(cell: str | None) -> float:
    try:
        weight = float((cell or "1").replace(",", "."))
    except ValueError:
        weight = 0.0
    if not 0 < weight < math.inf:
        raise ValueError(f"the column `weight` holds {cell!r}; leave it as it was drawn")
    return weight


def _verdicts(row: Mapping[str, str | None], size: float) -> Iterator[_Verdict]:
    for column in JUDGED:
        cell = (row[column] or "").strip().lower()
        if cell:
            yield _Verdict(column, row["kind"] or "unknown", row.get("stratum") or "", size, cell in _YES)


def _figures(verdicts: Sequence[_Verdict]) -> Iterator[Precision]:
    for column in JUDGED:
        of = [each for each in verdicts if each.column == column]
        kinds = sorted({each.kind for each in of})
        for kind in ["all", *kinds] if kinds else []:
            yield _precision(column, kind, [each for each in of if kind in ("all", each.kind)], of)


def _precision(column: str, kind: str, these: Sequence[_Verdict], judged: Sequence[_Verdict]) -> Precision:
    """Every stratum counts by its size; the interval is Wilson's for as many rows as the weights leave (Kish)."""
    per: dict[str, int] = {}
    for each in judged:
        per[each.stratum] = per.get(each.stratum, 0) + 1
    weights = [each.size / per[each.stratum] for each in these]
    n = sum(weights) ** 2 / sum(weight * weight for weight in weights)
    share = sum(weight for weight, each in zip(weights, these, strict=True) if each.right) / sum(weights)
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    return Precision(
        column=column,
        kind=kind,
        judged=len(these),
        right=sum(each.right for each in these),
        precision=round(share, 4),
        low=round(max(0.0, middle - half), 4),
        high=round(min(1.0, middle + half), 4),
    )
