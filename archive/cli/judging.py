"""The filled sheets of an audit sample: read with their key, scored, and kept where that is asked for."""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from archive.cli.options import opened
from archive.cli.output import fields, note, print_json, print_table
from archive.errors import UsageError

if TYPE_CHECKING:
    from archive.query.sampling import Sample
    from archive.query.scoring import Agreement, Key, Scored

__all__ = ["judged", "key_of", "write_key"]


def key_of(sheet: Path) -> Path:
    """Where the key of a sheet is kept."""
    return sheet.with_name(f"{sheet.name}.key.json")


def write_key(path: Path, drawn: Sample, how: Mapping[str, Any]) -> None:
    """Write what the sheet does not show, and how it was drawn, from what."""
    strata = {name: {"size": size, "drawn": number} for name, (size, number) in drawn.strata.items()}
    told = {"drawn": {**how, "strata": strata, "archive": drawn.archive}, "rows": [fields(row) for row in drawn.key]}
    path.write_bytes(orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def judged(
    sheets: Sequence[Path], key: Path | None, keep_by: str | None, database: str | None, *, as_json: bool
) -> None:
    """Score one sheet, or two of the same sample by two people; keep the score signed by `keep_by`, if anybody."""
    from archive.query.scoring import agreement

    drawn, known = _key(key or key_of(sheets[0]))
    rows = [_read(sheet) for sheet in sheets]
    scored = [_scored(sheet, each, known) for sheet, each in zip(sheets, rows, strict=True)]
    agreed = agreement(*rows) if len(rows) == 2 else []
    _show(scored, agreed, as_json=as_json)
    if keep_by is not None:
        _keep(sheets, drawn, scored, agreed, keep_by, database)


def _scored(sheet: Path, rows: list[dict[str, Any]], key: Key) -> Scored:
    from archive.query.scoring import score

    try:
        return score(rows, key, coder=sheet.name)
    except ValueError as error:
        raise UsageError(f"{sheet}: {error}") from None


def _show(scored: Sequence[Scored], agreed: Sequence[Agreement], *, as_json: bool) -> None:
    figures = [row for each in scored for row in each.figures]
    if as_json:
        for row in (*figures, *agreed):
            print_json(row)
    else:
        shares = [
            dataclasses.replace(row, precision=100 * row.precision, low=100 * row.low, high=100 * row.high)
            for row in figures
        ]
        columns = ["column", "kind", "judged", "right", "precision", "low", "high", "estimated_right", "estimated_all"]
        print_table(shares, [*(["coder"] if len(scored) > 1 else []), *columns], empty="nothing was judged")
        note("precision in per cent, each row weighed by the inverse of its chance; the true share lies between low")
        note("and high in 95 of 100 samples")
        for shared in agreed:
            alpha = "cannot be told: all judgements are equal" if shared.alpha is None else f"{shared.alpha:.3f}"
            note(f"{shared.column}: {shared.equal} of {shared.both_judged} judged alike; Krippendorff's alpha {alpha}")
    for each in scored:
        if each.unfilled:
            note(f"{each.unfilled} of {each.rows} rows are not judged in {each.figures[0].coder}")


def _keep(
    sheets: Sequence[Path], drawn: dict[str, Any], scored: Sequence[Scored], agreed: Sequence[Agreement], by: str,
    database: str | None,
) -> None:  # fmt: skip
    named = [{"name": sheet.name, "sha256": hashlib.sha256(sheet.read_bytes()).hexdigest()} for sheet in sheets]
    with opened(database) as archive:
        kept = archive.keep_score(
            by=by, sheets=named, drawn=drawn, rows=scored[0].rows, unfilled=max(each.unfilled for each in scored),
            figures=[fields(row) for each in scored for row in each.figures], agreement=[fields(row) for row in agreed],
        )  # fmt: skip
    note(f"kept as score {kept}, signed {by}" if kept else "this score is kept already")


def _key(path: Path) -> tuple[dict[str, Any], Key]:
    from archive.query.scoring import read_key

    try:
        told = orjson.loads(path.read_bytes())
        drawn: dict[str, Any] = told["drawn"]
        sizes = {name: int(each["size"]) for name, each in drawn["strata"].items()}
        return drawn, read_key(told["rows"], sizes)
    except FileNotFoundError:
        raise UsageError(
            f"{path}: the sheet's key is not there; name it with --key, or draw the sample again with its seed"
        ) from None
    except (OSError, orjson.JSONDecodeError, LookupError, TypeError, AttributeError, ValueError) as error:
        raise UsageError(f"{path}: no key of a sample ({error}); name the one written beside the sheet") from None


def _read(filled: Path) -> list[dict[str, Any]]:
    """The rows of a sheet, however a spreadsheet has saved it: commas, semicolons or tabs, with a mark at its start."""
    try:
        text = filled.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{filled}: is no UTF-8; save the sheet as CSV UTF-8") from None
    first = text.partition("\n")[0]
    parted = max(",;\t", key=first.count)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=parted))
