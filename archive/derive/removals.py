"""The removal ledger: a document no longer found at its address is suspected, then confirmed, perhaps restored.

Confirmed by at least three absences with no success between, the last at least 14 days after the first (the rule of
EDGI's web monitoring). Gone from its listing, between neighbours that are still shown, makes it suspected.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

__all__ = ["Absence", "RemovalState", "Sign", "removals"]

MIN_ABSENCES = 3
MIN_SPAN = timedelta(days=14)


class RemovalState:
    """The states of a removal, as stored."""

    SUSPECTED = "suspected"
    CONFIRMED = "confirmed"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of presence or absence: `found`, `absent` (the address said so) or `delisted` (its listing did)."""

    at: datetime
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """One entry of the ledger. `basis` is `address`, or `listing` where only the listing speaks."""

    state: str
    suspected_at: datetime
    confirmed_at: datetime | None
    restored_at: datetime | None
    as_of: datetime
    absences: int
    basis: str
    last_found: datetime | None


def removals(signs: Iterable[Sign]) -> list[Absence]:
    """The ledger of one document, in the order of time. A sign of presence outweighs absences of the same instant."""
    ledger: list[Absence] = []
    pending: list[Sign] = []
    last_found: datetime | None = None
    for sign in sorted(signs, key=lambda sign: (sign.at, sign.kind != "found", sign.kind)):
        if sign.kind != "found":
            pending.append(sign)
            continue
        if pending:
            ledger.append(_entry(pending, last_found, restored_at=sign.at))
            pending = []
        last_found = sign.at
    if pending:
        ledger.append(_entry(pending, last_found, restored_at=None))
    return ledger


def _entry(pending: list[Sign], last_found: datetime | None, *, restored_at: datetime | None) -> Absence:
    absent = [sign.at for sign in pending if sign.kind == "absent"]
    confirmed_at = next(
        (at for count, at in enumerate(absent, 1) if count >= MIN_ABSENCES and at - absent[0] >= MIN_SPAN), None
    )
    state = RemovalState.CONFIRMED if confirmed_at else RemovalState.SUSPECTED
    return Absence(
        state=RemovalState.RESTORED if restored_at else state,
        suspected_at=pending[0].at,
        confirmed_at=confirmed_at,
        restored_at=restored_at,
        as_of=restored_at or pending[-1].at,
        absences=len(absent),
        basis="address" if absent else "listing",
        last_found=last_found,
    )
