"""Kept scores of audit samples, as a dataset's card shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from archive.models import SampleScore
from archive.query.scoring import Agreement, Precision

__all__ = ["ScoreFacts", "scores"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreFacts:
    """The score of one judged sample; `digest` names it, `sheets` are file name and sha256 of each coder's sheet.

    `drawn` holds how the sample was drawn: `n`, `seed`, `min_confidence`, `stratify`, `strata` (size and drawn of each)
    and `archive`, the state of the archive then: `captures`, `last_capture`, `extractor`, `roster`.
    """

    digest: str
    scored_at: datetime
    scored_by: str
    sheets: list[dict[str, str]]
    drawn: dict[str, Any]
    rows: int
    unfilled: int
    figures: list[Precision]
    agreement: list[Agreement]

    @property
    def sentence(self) -> str:
        """What the score says, for people."""
        how = f"{self.rows} quotations drawn with seed {self.drawn.get('seed')}"
        if stratify := self.drawn.get("stratify"):
            how += f", as many of each {stratify}"
        figures = [_share(each, named=len(self.sheets) > 1) for each in self.figures if each.kind == "all"]
        alphas = [f"{each.column} {each.alpha:.3f}" for each in self.agreement if each.alpha is not None]
        agreed = f"; Krippendorff's alpha of two coders: {', '.join(alphas)}" if alphas else ""
        return f"{self.scored_at:%Y-%m-%d}, {self.scored_by}: of {how}: {'; '.join(figures)}{agreed}."


def _share(each: Precision, *, named: bool) -> str:
    share = f"{each.column} {each.precision:.1%} ({each.low:.1%} to {each.high:.1%})"
    return f"{each.coder}: {share}" if named else share


def scores(connection: Connection) -> list[ScoreFacts]:
    """All kept scores, the oldest first."""
    rows = connection.execute(select(SampleScore.__table__).order_by(SampleScore.scored_at, SampleScore.id))
    return [
        ScoreFacts(
            digest=row.digest, scored_at=row.scored_at, scored_by=row.scored_by, sheets=row.sheets, drawn=row.drawn,
            rows=row.rows, unfilled=row.unfilled, figures=[Precision(**each) for each in row.figures],
            agreement=[Agreement(**each) for each in row.agreement],
        )
        for row in rows
    ]  # fmt: skip
