"""What judged audit samples say of the whole: precision with intervals, and how far two coders agree. Pure."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.query.estimating import Estimate, Judged, Stratum, estimate

__all__ = ["JUDGED", "Agreement", "Key", "Precision", "Scored", "agreement", "read_key", "score"]

JUDGED = ("words_right", "speaker_right", "office_right", "jurisdiction_right")
NEEDED = ("appearance", *JUDGED)
# As people and spreadsheets write a judgement.
_YES = frozenset(("1", "1.0", "y", "yes", "true", "right", "x"))
_NO = frozenset(("0", "0.0", "n", "no", "false", "wrong"))
NAMED = 5  # odd cells
Sheet = Sequence[Mapping[str, str | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """How many rows are right in a coder's judgement, and the share of right ones among all that could be drawn.

    `precision` weighs every row by the inverse of its chance to be drawn and judged (Horvitz-Thompson; for a `kind` the
    ratio of two such totals); the true share lies between `low` and `high` in 95 of 100 samples. `estimated_right` of
    `estimated_all` appearances are right.
    """

    coder: str
    column: str
    kind: str
    judged: int
    right: int
    precision: float
    low: float
    high: float
    estimated_right: float
    estimated_all: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far two coders agree on a column: share of equal judgements, and Krippendorff's alpha (nominal).

    `alpha` is None where no two judgements differ or none are shared: then nothing tells agreement from habit.
    """

    column: str
    both_judged: int
    equal: int
    alpha: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What a sheet does not show: the kind and stratum of each appearance, and how many a stratum has."""

    kinds: Mapping[str, str]
    strata: Mapping[str, str]
    sizes: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A sheet's figures, and how many of its rows nobody judged in any column."""

    rows: int
    unfilled: int
    figures: list[Precision]


def score(sheet: Sheet, key: Key, *, coder: str = "") -> Scored:
    """The precision of each judged column, for all kinds and for each.

    Raises ValueError for a sheet without the columns or with rows that the key does not know, for cells that are no
    judgement, and where nothing is filled in.
    """
    _check(sheet, key)
    verdicts = {column: _verdicts(sheet, column) for column in JUDGED}
    if not any(verdicts.values()):
        raise ValueError(f"nothing is filled in; write 1 or 0 into {', '.join(JUDGED)}")
    judged = set().union(*verdicts.values())
    figures = [figure for column in JUDGED for figure in _figures(coder, column, verdicts[column], key)]
    return Scored(rows=len(sheet), unfilled=len(sheet) - len(judged), figures=figures)


def agreement(one: Sheet, other: Sheet) -> list[Agreement]:
    """How far two coders of one sample agree, for each judged column."""
    return [_agreement(column, _verdicts(one, column), _verdicts(other, column)) for column in JUDGED]


def _agreement(column: str, one: Mapping[str, bool], other: Mapping[str, bool]) -> Agreement:
    from krippendorff import alpha

    both = sorted(one.keys() & other.keys())
    pairs = [[float(verdicts[name]) for name in both] for verdicts in (one, other)]
    told = len({value for each in pairs for value in each}) > 1
    return Agreement(
        column=column,
        both_judged=len(both),
        equal=sum(one[name] == other[name] for name in both),
        alpha=round(float(alpha(pairs, level_of_measurement="nominal")), 4) if told else None,
    )


def _check(sheet: Sheet, key: Key) -> None:
    missing = [name for name in NEEDED if sheet and name not in sheet[0]]
    if missing:
        raise ValueError(f"the sheet has no column {missing[0]!r}; its first line names the columns as it was drawn")
    strangers = [str(row["appearance"]) for row in sheet if row["appearance"] not in key.strata]
    if strangers:
        raise ValueError(f"the key does not know the row {strangers[0]!r}; leave the column `appearance` as it was")
    names = [row["appearance"] for row in sheet]
    if len(set(names)) < len(names):
        raise ValueError("the sheet has a row twice; leave each row once")
    odd = list(_odd(sheet))
    if odd:
        more = f" and {len(odd) - NAMED} more" if len(odd) > NAMED else ""
        raise ValueError(f"{'; '.join(odd[:NAMED])}{more}: no judgement; write 1, 0, or nothing")


def _odd(sheet: Sheet) -> Iterator[str]:
    for number, row in enumerate(sheet, 1):
        for column in JUDGED:
            cell = (row[column] or "").strip()
            if cell and cell.lower() not in _YES | _NO:
                yield f"row {number}, {column}: {cell!r}"


def _verdicts(sheet: Sheet, column: str) -> dict[str, bool]:
    """Of each row that was judged whether it is right."""
    cells = {str(row["appearance"]): (row[column] or "").strip().lower() for row in sheet}
    return {name: cell in _YES for name, cell in cells.items() if cell}


def _figures(coder: str, column: str, verdicts: Mapping[str, bool], key: Key) -> Iterator[Precision]:
    kinds = sorted({key.kinds[name] for name in verdicts})
    for kind in ["all", *kinds] if kinds else []:
        found = estimate(_strata(verdicts, key, kind))
        yield _precision(coder, column, kind, found)


def _strata(verdicts: Mapping[str, bool], key: Key, kind: str) -> list[Stratum]:
    rows: dict[str, list[Judged]] = defaultdict(list)
    for name, right in verdicts.items():
        rows[key.strata[name]].append(Judged(right=right, within=kind in ("all", key.kinds[name])))
    return [Stratum(size=max(key.sizes[stratum], len(each)), rows=each) for stratum, each in sorted(rows.items())]


def _precision(coder: str, column: str, kind: str, found: Estimate) -> Precision:
    return Precision(
        coder=coder, column=column, kind=kind, judged=found.judged, right=found.right,
        precision=round(found.share, 4), low=_down(found.low), high=_up(found.high),
        estimated_right=round(found.total_right, 1), estimated_all=round(found.total, 1),
    )  # fmt: skip


def _down(bound: float) -> float:
    return math.floor(bound * 10_000) / 10_000


def _up(bound: float) -> float:
    return math.ceil(bound * 10_000) / 10_000


def read_key(rows: Iterable[Mapping[str, object]], sizes: Mapping[str, int]) -> Key:
    """The key of rows that have `appearance`, `kind` and `stratum`."""
    given = list(rows)
    return Key(
        kinds={str(row["appearance"]): str(row["kind"]) for row in given},
        strata={str(row["appearance"]): str(row["stratum"]) for row in given},
        sizes=sizes,
    )
