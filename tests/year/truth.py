"""What happens in a simulated year: pure data made from a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

__all__ = ["BEGINNING", "Happening", "Item", "Press", "Spell", "year"]

BEGINNING = datetime(2025, 1, 6, tzinfo=UTC)
HISTORY_DAYS = 60  # published before the first crawl
WORDS = """
    river council bridge school budget winter harbor clinic library teacher driver market station garden engine
    forest mayor permit repair summer street tunnel valley window worker council shelter ferry orchard canal depot
    festival levy museum nursery ordinance parade quarry reservoir sidewalk tavern union vendor wharf zoning archive
    bakery cannery dairy estuary foundry granary hangar inspector jetty kiosk lantern meadow northern open public
    quiet rapid steady twelve urban visible weekly yearly ample brisk careful decides reports explains builds closes
    opens funds plans repairs visits measures considers approves delays announces gathers receives returns replaces
    supports studies trains welcomes expects finishes begins keeps about across after along before behind between
    during inside near over through toward under within without
""".split()  # noqa: SIM905


@dataclass(slots=True)
class Item:
    """One release: its texts with the times from which each stands, and when it was withdrawn and put back, if ever."""

    number: int
    title: str
    published: datetime
    texts: list[tuple[datetime, str]]
    gone: datetime | None = None
    back: datetime | None = None

    def text(self, at: datetime) -> str:
        """The text that stands at a time after publication."""
        return next(text for since, text in reversed(self.texts) if since <= at)

    def stands(self, at: datetime) -> bool:
        """Whether the address answers with it."""
        withdrawn = self.gone is not None and self.gone <= at and (self.back is None or at < self.back)
        return self.published <= at and not withdrawn


@dataclass(frozen=True, slots=True)
class Spell:
    """What befalls a site for a while: `down`, `wall`, `refused`, `broken`, `frozen`, `rebuilt`."""

    kind: str
    begin: datetime
    end: datetime


@dataclass(slots=True, kw_only=True)
class Press:
    """One press room; `soft` ones answer 200 where there is nothing. `silent_from` is its last release's day."""

    number: int
    per_week: float
    flavour: str
    etag: bool
    soft: bool
    items: list[Item] = field(default_factory=list)
    spells: list[Spell] = field(default_factory=list)
    moved: datetime | None = None
    silent_from: datetime | None = None

    @property
    def source(self) -> str:
        """Its id in the catalog."""
        return f"xx-town{self.number:02d}-mayor"

    @property
    def host(self) -> str:
        """A loopback address of its own."""
        return f"127.0.1.{self.number + 1}"

    def spell(self, at: datetime) -> str | None:
        """What befalls it at a time."""
        return next((spell.kind for spell in self.spells if spell.begin <= at < spell.end), None)

    @property
    def is_well(self) -> bool:
        """Whether nothing befalls it all year that anybody should be told of."""
        return self.silent_from is None and not [each for each in self.spells if each.kind != "rebuilt"]


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that the archive must find: an `edit` or a `removal` of a release, and when it happened."""

    kind: str
    press: Press
    item: Item
    at: datetime


def prose(dice: random.Random, words: int) -> str:
    """Invented sentences."""
    sentences = []
    while words > 0:
        length = dice.randint(8, 18)
        sentence = " ".join(dice.choice(WORDS) for _ in range(length))
        sentences.append(sentence[0].upper() + sentence[1:] + ".")
        words -= length
    return " ".join(sentences)


def year(seed: int, presses: int, days: int) -> list[Press]:
    """Press rooms with all that befalls them: of eight one falls silent, others are down, walled, rebuilt, moved."""
    made = [_press(random.Random(seed * 1_000 + number), number, days) for number in range(presses)]
    for press in made:
        _befall(random.Random(seed * 7_919 + press.number), press, days)
    return made


def _press(dice: random.Random, number: int, days: int) -> Press:
    return Press(
        number=number,
        per_week=dice.choice((1.5, 2.5, 4.0, 6.0)),
        flavour=("paged", "feed", "next")[number % 3],
        etag=number % 2 == 0,
        soft=number % 5 == 4,
    )


def _befall(dice: random.Random, press: Press, days: int) -> None:
    fate = press.number % 8

    def spell(kind: str, longest: int) -> Spell:
        begin = BEGINNING + timedelta(days=dice.uniform(0.25, 0.7) * days)
        return Spell(kind, begin, begin + timedelta(days=dice.uniform(min(3, longest), longest)))

    match fate:
        case 1:
            press.silent_from = BEGINNING + timedelta(days=dice.uniform(0.3, 0.6) * days)
        case 2:
            press.spells.append(spell(dice.choice(("down", "refused")), 8))
        case 3:
            press.spells.append(spell("wall", 6))
        case 4:
            begin = BEGINNING + timedelta(days=dice.uniform(0.2, 0.8) * days)
            press.spells.append(Spell("rebuilt", begin, BEGINNING + timedelta(days=10 * days)))
        case 5:
            press.spells.append(spell("broken", 9))
        case 6:
            press.moved = BEGINNING + timedelta(days=dice.uniform(0.2, 0.8) * days)
        case 7 if press.number % 16 == 7:
            frozen = spell("frozen", 1)
            press.spells.append(Spell("frozen", frozen.begin, BEGINNING + timedelta(days=10 * days)))
    press.items = list(_items(dice, press, days))


def _items(dice: random.Random, press: Press, days: int) -> Iterator[Item]:
    number = 0
    for day in range(-HISTORY_DAYS, days):
        date = (BEGINNING + timedelta(days=day)).date()
        if date.weekday() > 4 or dice.random() > press.per_week / 5:
            continue
        published = datetime.combine(date, time(dice.randint(14, 21), dice.randint(0, 59)), UTC)
        if press.silent_from and published > press.silent_from:
            return
        number += 1
        yield _item(dice, number, published)


def _item(dice: random.Random, number: int, published: datetime) -> Item:
    text = prose(dice, dice.randint(120, 320))
    title = f"Mayor {prose(dice, 8)[:-1].lower()}"
    item = Item(number=number, title=title[:90].strip(), published=published, texts=[(published, text)])
    if dice.random() < 0.12:
        at = published + timedelta(hours=_age(dice))
        words = text.split()
        place = dice.randrange(len(words))
        words[place : place + dice.randint(1, 6)] = prose(dice, 5).lower().split()
        item.texts.append((at, " ".join(words)))
    elif dice.random() < 0.05:
        item.gone = published + timedelta(hours=_age(dice))
        if dice.random() < 0.2:
            item.back = item.gone + timedelta(days=dice.uniform(20, 60))
    return item


def _age(dice: random.Random) -> float:
    """Hours after publication: most edits come soon."""
    low, high = dice.choice(((1, 24), (1, 24), (24, 168), (168, 1000), (1000, 2600)))
    return dice.uniform(low, high)
