"""Who held which office on a day, as far as the dates say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from datetime import date, timedelta

from archive.roster.values import OfficeBasis, Person, Term

__all__ = ["SLACK", "Terms"]

# Dates of local terms are often those of the election or of the term's plan; a page that prints the office within
# these many days of them is believed.
SLACK = timedelta(days=120)


class Terms:
    """The terms of all known people, by person, by office, and by office and jurisdiction."""

    def __init__(self, terms: Iterable[Term], people: Mapping[str, Person], single: Container[str]) -> None:
        """`single` are the offices of which each jurisdiction has one holder at a time."""
        self._single = single
        self.by_person: dict[str, list[Term]] = defaultdict(list)
        self.by_seat: dict[tuple[str, str], list[Term]] = defaultdict(list)
        for term in terms:
            if term.person in people:
                self.by_person[term.person].append(term)
                self.by_seat[term.office, term.jurisdiction].append(term)
        self._until: dict[Term, date | None] = {}

    def basis(self, term: Term, on: date | None) -> OfficeBasis | None:
        """With what evidence the term covers that day; None where its dates exclude it. An unknown start never does."""
        if on is None:
            return OfficeBasis.OPEN
        if term.start and on < term.start:
            return None
        until = self.until(term)
        if until and on > until:
            return None
        known_start = term.started is not None and term.start_kind == "stated" and on >= term.started
        known_end = (term.end is not None and term.end_kind == "actual") or (term.seen is not None and on <= term.seen)
        return OfficeBasis.CONFIRMED if known_start and known_end else OfficeBasis.OPEN

    def until(self, term: Term) -> date | None:
        """The last day that the term can cover: its end where the person is known to have left, else the day on which
        somebody else is known to have begun; None where neither is known.

        A start that was inferred from this very end is no such knowledge.
        """
        if term not in self._until:
            self._until[term] = self._last_day(term)
        return self._until[term]

    def _last_day(self, term: Term) -> date | None:
        if term.end_kind in ("actual", "inferred"):
            return term.end
        since = term.end or term.started
        if since is None or term.office not in self._single:
            return None
        later = [
            other.start
            for other in self.by_seat[term.office, term.jurisdiction]
            if other.person != term.person and other.start and other.start >= since and other.start_kind == "stated"
        ]
        return min(later, default=None)

    def near(self, term: Term, on: date) -> bool:
        """Whether a day that the dates exclude lies so close to them that a page may know better."""
        until = self.until(term)
        early = term.start is not None and on < term.start and on + SLACK >= term.start
        return early or (until is not None and on > until and on - SLACK <= until)

    def holders(self, office: str, jurisdiction: str, on: date | None) -> list[tuple[Term, OfficeBasis]]:
        """The terms of one seat that cover that day."""
        pairs = ((term, self.basis(term, on)) for term in self.by_seat.get((office, jurisdiction), ()))
        return [(term, basis) for term, basis in pairs if basis]

    def held_by(self, person: str, on: date | None) -> list[tuple[Term, OfficeBasis]]:
        """The terms of one person that cover that day."""
        pairs = ((term, self.basis(term, on)) for term in self.by_person.get(person, ()))
        return [(term, basis) for term, basis in pairs if basis]
