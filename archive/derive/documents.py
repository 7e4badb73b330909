"""Captures of a source -> documents: which addresses are one document, and its versions over time.

Everything here is a pure function of the observations of one *neighbourhood*: addresses that share a text of 40 words
or a redirect. The store computes neighbourhoods the same way for one new capture as for a rebuild, which is why
adding captures one at a time gives the same rows as deriving them all at once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import groupby

from archive.derive.attachments import attach
from archive.derive.observations import PERMANENT_STATUSES, Observation, Reading, Timeline, read
from archive.derive.removals import Absence, RemovalState, Sign, removals
from archive.urls import is_root

__all__ = [
    "MAX_SHARERS",
    "MIN_WORDS",
    "DerivedAddress",
    "DerivedDocument",
    "DerivedVersion",
    "Neighbourhood",
    "derive_documents",
]

# A text this short, or carried by so many addresses, is boilerplate: no evidence that a page moved.
MIN_WORDS = 40
MAX_SHARERS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedVersion:
    """Consecutive captures with equal text and title. `first` is the observation whose extraction gives the words."""

    number: int
    first: Observation
    last_captured: datetime
    changed_after: datetime | None
    captures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedAddress:
    """An address of a document; `joined_by` is `first`, `redirect`, `text` (the same words), `site` (all of it moved)
    `alias`, or `attachment` (the file that is its body)."""

    address: str
    url: str
    seen_from: datetime
    seen_to: datetime
    joined_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedDocument:
    """One document of a source, from all its captures."""

    address: str
    url: str
    addresses: tuple[DerivedAddress, ...]
    versions: tuple[DerivedVersion, ...]
    removals: tuple[Absence, ...]
    first_seen: datetime
    last_seen: datetime

    @property
    def removal_state(self) -> str | None:
        """`suspected` or `confirmed` where the document is missing now, `restored` where it was."""
        return self.removals[-1].state if self.removals else None


@dataclass(frozen=True, slots=True)
class _Move:
    old: str
    new: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """Addresses that may be one another's documents, and what is known around them.

    `delisted` gives per address the times at which its listing no longer showed it between neighbours; `no_places`
    are addresses that are nobody's document: listings, and pages that more than MAX_SHARERS addresses redirect to;
    `boilerplate` are text keys that more than MAX_SHARERS addresses carry. `homes` gives per address the one that took
    its place when the whole site moved, and from which day (UTC) on. `crowded_files` are files that more than
    MAX_SHARERS pages lead to.
    """

    observations: Collection[Observation]
    delisted: Mapping[str, Collection[datetime]] = field(default_factory=dict)
    no_places: Collection[str] = ()
    boilerplate: Collection[str] = ()
    homes: Mapping[str, tuple[str, date]] = field(default_factory=dict)
    crowded_files: Collection[str] = ()


def derive_documents(neighbourhood: Neighbourhood) -> list[DerivedDocument]:
    """The documents of one neighbourhood, ordered by first address."""
    return _Derivation(neighbourhood).documents()


class _Derivation:
    def __init__(self, given: Neighbourhood) -> None:
        self.given = given
        self.lines, self.files = attach(_timelines(given.observations), given.crowded_files)
        self.places = {
            address: line for address, line in self.lines.items() if line.found and not self.is_no_place(address)
        }
        self.moves = self.site_moves()
        self.moves += self.redirect_moves()
        self.moves += self.text_moves()
        self.moved = {move.old: move.new for move in self.moves}
        self.aliases = self.find_aliases()

    def documents(self) -> list[DerivedDocument]:
        return sorted(map(self.document, self.joined()), key=lambda document: document.address)

    def is_no_place(self, address: str) -> bool:
        return address in self.given.no_places or is_root(address)

    def site_moves(self) -> list[_Move]:
        """Addresses whose whole site moved, as far as the new one was found since; each takes the place of one."""
        found = {
            old: new
            for old, (new, on) in self.given.homes.items()
            if old in self.places
            and (place := self.places.get(new))
            and place.found[-1].captured_at.astimezone(UTC).date() >= on
        }
        return [_Move(old, new, "site") for old, new in found.items()]

    def redirect_moves(self) -> list[_Move]:
        """Permanent redirects in force whose target carries the old text; a target that two share never counts."""
        in_force = {
            address: last.redirect
            for address, line in self.places.items()
            if (last := line.last_word) and last.redirect and last.status in PERMANENT_STATUSES
        }
        taken = {move.new for move in self.moves}
        in_force = {old: new for old, new in in_force.items() if new not in taken}
        targeted = Counter(in_force.values())
        return [
            _Move(old, new, "redirect")
            for old, new in in_force.items()
            if targeted[new] == 1
            and (place := self.places.get(new))
            and _continues(self.places[old], place)
            and self.places[old].matches(place)
        ]

    def text_moves(self) -> list[_Move]:
        """The last text of a confirmed removal, of 40 words or more, as the first text of one later address.

        A text that two removed documents could claim decides nothing.
        """
        taken = {move.new for move in self.moves}
        begins: dict[str, list[str]] = defaultdict(list)
        for address, line in self.places.items():
            if address not in taken:
                begins[str(line.found[0].text_key)].append(address)
        claims: dict[str, list[str]] = defaultdict(list)
        for old in self.confirmed_gone():
            line = self.places[old]
            later = [new for new in begins[str(line.found[-1].text_key)] if _continues(line, self.places[new])]
            if later:
                claims[min(later, key=lambda new: self.places[new].found[0].order)].append(old)
        return [_Move(olds[0], new, "text") for new, olds in claims.items() if len(olds) == 1]

    def confirmed_gone(self) -> Iterator[str]:
        left = {move.old for move in self.moves}
        for address, line in self.places.items():
            last = line.found[-1]
            if address in left or last.words < MIN_WORDS or last.text_key in self.given.boilerplate:
                continue
            ledger = removals(self.signs(address))
            if ledger and ledger[-1].state == RemovalState.CONFIRMED:
                yield address

    def find_aliases(self) -> dict[str, list[str]]:
        """Per place the addresses that never had a text and lead to it for good."""
        found: dict[str, list[str]] = defaultdict(list)
        for address, line in self.lines.items():
            last = line.last_word
            if address not in self.places and last and last.redirect and last.status in PERMANENT_STATUSES:
                found[last.redirect].append(address)
        return found

    def joined(self) -> list[list[str]]:
        """The addresses grouped into documents, each group in the order of first sight."""
        root = {address: address for address in self.places}

        def find(address: str) -> str:
            while root[address] != address:
                address = root[address]
            return address

        for move in self.moves:
            root[find(move.new)] = find(move.old)
        groups: dict[str, list[str]] = defaultdict(list)
        for address in self.places:
            groups[find(address)].append(address)
        return [sorted(group, key=lambda address: self.places[address].found[0].order) for group in groups.values()]

    def signs(self, address: str) -> list[Sign]:
        """What an address's captures and its listing say of its being there.

        A redirect to a page that is known not to be this document (a home page, a listing, another release), or that is
        not there either, is an absence; one to a page with the same words, or never seen, says nothing.
        """
        signs = [Sign(at, "delisted") for at in self.given.delisted.get(address, ())]
        for each in self.lines[address].observations:
            reading = read(each)
            if reading in (Reading.FOUND, Reading.PRESENT):
                signs.append(Sign(each.captured_at, "found"))
            elif reading is Reading.ABSENT or (reading is Reading.ELSEWHERE and self.is_dead_end(each)):
                signs.append(Sign(each.captured_at, "absent"))
        return signs

    def is_dead_end(self, each: Observation) -> bool:
        target = str(each.redirect)
        if self.is_no_place(target):
            return True
        here, there = self.places.get(each.address), self.places.get(target)
        if there is None:
            last = self.lines[target].last_word if target in self.lines else None
            return last is not None and read(last) is Reading.ABSENT
        return bool(here and not here.matches(there))

    def signs_of_member(self, address: str, joined_by: Mapping[str, str]) -> list[Sign]:
        """The signs of one address of a document: one that was left for another says nothing from then on.

        What it said before stands: absences that ended there, and a removal that was confirmed before the document was
        found at the address that it redirects to.
        """
        signs = self.signs(address)
        new = self.moved.get(address)
        if new is None:
            return signs
        left = min(self.places[address].found[-1].captured_at, begun := self.places[new].found[0].captured_at)
        before = [sign for sign in signs if sign.at < begun]
        ledger = removals(before) if joined_by[new] != "text" else []
        if ledger and ledger[-1].state == RemovalState.CONFIRMED:
            left = begun
        return [sign for sign in signs if sign.kind == "found" or sign.at < left]

    def document(self, group: list[str]) -> DerivedDocument:
        joined_by = {move.new: move.by for move in self.moves}
        found = sorted((each for address in group for each in self.places[address].found), key=lambda one: one.order)
        signs = [sign for address in group for sign in self.signs_of_member(address, joined_by)]
        addresses = [_address(self.lines[address], joined_by.get(address, "first")) for address in group]
        addresses += [_address(self.lines[alias], "alias") for each in group for alias in self.aliases.get(each, ())]
        addresses += [_address(file, "attachment") for page, file in self.files.values() if page in group]
        return DerivedDocument(
            address=group[0],
            url=self.places[group[-1]].found[-1].url,
            addresses=tuple(sorted(addresses, key=lambda each: each.address)),
            versions=tuple(_versions(found)),
            removals=tuple(removals(signs)),
            first_seen=found[0].captured_at,
            last_seen=found[-1].captured_at,
        )


def _timelines(observations: Iterable[Observation]) -> dict[str, Timeline]:
    by_address: dict[str, list[Observation]] = defaultdict(list)
    for each in observations:
        by_address[each.address].append(each)
    return {
        address: Timeline(address, tuple(sorted(each, key=lambda one: one.order)))
        for address, each in sorted(by_address.items())
    }


def _continues(old: Timeline, new: Timeline) -> bool:
    """Whether the new address begins after the old one ended: two that overlap are two documents."""
    return new.found[0].order > old.found[-1].order


def _address(line: Timeline, joined_by: str) -> DerivedAddress:
    seen = line.found or list(line.observations)
    return DerivedAddress(
        address=line.address,
        url=seen[-1].url,
        seen_from=seen[0].captured_at,
        seen_to=seen[-1].captured_at,
        joined_by=joined_by,
    )


def _versions(found: list[Observation]) -> Iterable[DerivedVersion]:
    changed_after = None
    for number, (_, group) in enumerate(groupby(found, key=lambda one: one.text_key), 1):
        same = list(group)
        yield DerivedVersion(
            number=number,
            first=same[0],
            last_captured=same[-1].captured_at,
            changed_after=changed_after,
            captures=len(same),
        )
        changed_after = same[-1].captured_at
