"""Captures of a source -> documents: which addresses are one document, and its versions over time.

Everything here is a pure function of the observations of one *neighbourhood*: addresses that share a text of 40 words
or a redirect. The store computes neighbourhoods the same way for one new capture as for a rebuild, which is why
adding captures one at a time gives the same rows as deriving them all at once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from archive.derive.observations import PERMANENT_STATUSES, Observation, Reading, Timeline, read
from archive.derive.removals import Absence, RemovalState, Sign, removals

__all__ = ["MAX_SHARERS", "MIN_WORDS", "DerivedAddress", "DerivedDocument", "DerivedVersion", "derive_documents"]

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
    """An address of a document; `joined_by` is `first`, `redirect`, `text` (the same words) or `alias`."""

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


def derive_documents(
    observations: Iterable[Observation],
    *,
    delisted: Mapping[str, Collection[datetime]],
    listings: Collection[str],
    boilerplate: Collection[str] = (),
) -> list[DerivedDocument]:
    """The documents of one neighbourhood, ordered by first address.

    `delisted` gives per address the times at which its listing no longer showed it between neighbours; `listings`
    are addresses that are listings themselves; `boilerplate` are text keys that too many addresses carry.
    """
    timelines = _timelines(observations)
    places = {
        address: line
        for address, line in timelines.items()
        if line.found and not line.is_root and address not in listings
    }
    redirects = _redirect_moves(timelines, places)
    moves = redirects + _text_moves(timelines, places, redirects, delisted, boilerplate)
    aliases = _aliases(timelines, places)
    documents = [_document(group, timelines, moves, aliases, delisted, places) for group in _joined(places, moves)]
    return sorted(documents, key=lambda document: document.address)


def _timelines(observations: Iterable[Observation]) -> dict[str, Timeline]:
    by_address: dict[str, list[Observation]] = defaultdict(list)
    for each in observations:
        by_address[each.address].append(each)
    return {
        address: Timeline(address, tuple(sorted(each, key=lambda one: one.order)))
        for address, each in sorted(by_address.items())
    }


def _redirect_moves(timelines: Mapping[str, Timeline], places: Mapping[str, Timeline]) -> list[_Move]:
    """Permanent redirects in force whose target carries the old text; a target that two documents share never counts."""
    in_force = {
        address: last.redirect
        for address, line in places.items()
        if (last := timelines[address].last_word) and last.redirect and last.status in PERMANENT_STATUSES
    }
    targeted = Counter(in_force.values())
    return [
        _Move(old, new, "redirect")
        for old, new in in_force.items()
        if new in places
        and targeted[new] == 1
        and _continues(places[old], places[new])
        and places[old].matches(places[new])
    ]


def _text_moves(
    timelines: Mapping[str, Timeline],
    places: Mapping[str, Timeline],
    redirects: list[_Move],
    delisted: Mapping[str, Collection[datetime]],
    boilerplate: Collection[str],
) -> list[_Move]:
    """The last text of a confirmed removal, of 40 words or more, as the first text of exactly one later address."""
    gone = {move.old for move in redirects}
    taken = {move.new for move in redirects}
    begins: dict[str, list[str]] = defaultdict(list)
    for address, line in places.items():
        if address not in taken:
            begins[str(line.found[0].text_key)].append(address)
    claims: dict[str, list[str]] = defaultdict(list)
    for old, line in places.items():
        last = line.found[-1]
        if old in gone or last.words < MIN_WORDS or last.text_key in boilerplate:
            continue
        ledger = removals(_signs(timelines[old], {}, places, delisted.get(old, ())))
        if not ledger or ledger[-1].state != RemovalState.CONFIRMED:
            continue
        later = [new for new in begins[str(last.text_key)] if new != old and _continues(line, places[new])]
        if later:
            claims[min(later, key=lambda new: places[new].found[0].order)].append(old)
    return [_Move(olds[0], new, "text") for new, olds in claims.items() if len(olds) == 1]


def _continues(old: Timeline, new: Timeline) -> bool:
    """Whether the new address begins after the old one ended: two that overlap are two documents."""
    return new.found[0].order > old.found[-1].order


def _aliases(timelines: Mapping[str, Timeline], places: Mapping[str, Timeline]) -> dict[str, list[str]]:
    """Per place the addresses that never had a text and lead to it for good."""
    found: dict[str, list[str]] = defaultdict(list)
    for address, line in timelines.items():
        last = line.last_word
        if address not in places and last and last.redirect in places and last.status in PERMANENT_STATUSES:
            found[str(last.redirect)].append(address)
    return found


def _joined(places: Mapping[str, Timeline], moves: list[_Move]) -> list[list[str]]:
    """The addresses grouped into documents, each group in the order of first sight."""
    root = {address: address for address in places}

    def find(address: str) -> str:
        while root[address] != address:
            address = root[address]
        return address

    for move in moves:
        root[find(move.new)] = find(move.old)
    groups: dict[str, list[str]] = defaultdict(list)
    for address in places:
        groups[find(address)].append(address)
    return [sorted(group, key=lambda address: places[address].found[0].order) for group in groups.values()]


def _signs(
    line: Timeline, moved: Mapping[str, str], places: Mapping[str, Timeline], delisted: Collection[datetime]
) -> list[Sign]:
    """What one address's captures and its listing say of its being there.

    A redirect to where the document moved says nothing of its absence; one to a known page that is not this
    document (a home page, a listing, another release) is an absence; one to a page never seen says nothing.
    """
    signs = [Sign(at, "delisted") for at in delisted]
    for each in line.observations:
        reading = read(each)
        if reading is Reading.FOUND:
            signs.append(Sign(each.captured_at, "found"))
        elif reading is Reading.ABSENT or (
            reading is Reading.ELSEWHERE
            and moved.get(line.address) != each.redirect
            and _is_dead_end(each, line, places)
        ):
            signs.append(Sign(each.captured_at, "absent"))
    return signs


def _is_dead_end(each: Observation, line: Timeline, places: Mapping[str, Timeline]) -> bool:
    target = Timeline(str(each.redirect), ())
    if target.is_root:
        return True
    other = places.get(target.address)
    return other is not None and bool(line.found) and not line.matches(other)


def _document(
    group: list[str],
    timelines: Mapping[str, Timeline],
    moves: list[_Move],
    aliases: Mapping[str, list[str]],
    delisted: Mapping[str, Collection[datetime]],
    places: Mapping[str, Timeline],
) -> DerivedDocument:
    moved = {move.old: move.new for move in moves}
    joined_by = {move.new: move.by for move in moves}
    found = sorted((each for address in group for each in places[address].found), key=lambda one: one.order)
    # An address that was left for another of this document has nothing more to say about its removal.
    current = [address for address in group if address not in moved] or group[-1:]
    signs = [Sign(each.captured_at, "found") for each in found]
    for address in current:
        signs += [s for s in _signs(timelines[address], moved, places, delisted.get(address, ())) if s.kind != "found"]
    addresses = [_address(timelines[address], joined_by.get(address, "first")) for address in group]
    addresses += [_address(timelines[alias], "alias") for address in group for alias in aliases.get(address, ())]
    return DerivedDocument(
        address=group[0],
        url=places[group[-1]].found[-1].url,
        addresses=tuple(sorted(addresses, key=lambda each: each.address)),
        versions=tuple(_versions(found)),
        removals=tuple(removals(signs)),
        first_seen=found[0].captured_at,
        last_seen=found[-1].captured_at,
    )


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
