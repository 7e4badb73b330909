"""Whom "he" or "she" stands for: the persons named before it, each with the features that a ranking model weighs."""

from __future__ import annotations

from archive.extract.quotations.features import Page
from archive.extract.quotations.lexicon import FEMALE, FUNCTION, MALE
from archive.extract.quotations.mentions import Mention
from archive.extract.quotations.reading import BREAK, WORD

__all__ = ["SEXED", "antecedents"]

SEXED = {"he": "he", "his": "he", "she": "she", "her": "she"}
GIVEN = MALE | FEMALE
OBJECTS = {"he": "him", "his": "him", "she": "her", "her": "her"}
BACK_LINES = 5
MOST = 10


def antecedents(page: Page, index: int, previous: int | None) -> list[tuple[int, list[str]]]:
    """The persons (indexes of entities) that a pronoun may stand for, the last named first, with their features.

    `previous` is the entity to whom the quotation before was given.
    """
    pronoun = page.mentions[index]
    latest = _latest(page, index)
    agreeing = sum(page.entities.all[entity].sex == SEXED.get(pronoun.head) for entity in latest)
    found = []
    for rank, (entity, at) in enumerate(list(latest.items())[:MOST]):
        features = _features(page, pronoun, entity, at, rank, previous)
        # Of several persons one alone is known to be a "she".
        found.append((entity, [*features, f"of{min(agreeing, 2)}|{features[0]}"]))
    if previous is not None and previous >= 0 and previous not in latest and page.is_person(previous):
        before = max((m for m in page.entities.all[previous].mentions if m < index), default=None)
        found.append((previous, _features(page, pronoun, previous, before, MOST, previous)))
    return found


def _latest(page: Page, index: int) -> dict[int, int]:
    """Each person named before a mention, by the mention that names them last; the last named come first."""
    line = page.reading.lines[page.mentions[index].first]
    found: dict[int, int] = {}
    for at in range(index - 1, -1, -1):
        mention = page.mentions[at]
        if line - page.reading.lines[mention.first] > BACK_LINES:
            break
        if mention.entity >= 0 and mention.entity not in found and page.is_person(mention.entity):
            found[mention.entity] = at
    others = {entity for entity, at in found.items() if _acts_on(page, page.mentions[at], page.mentions[index])}
    return {entity: at for entity, at in found.items() if entity not in others or len(others) == len(found)}


def _acts_on(page: Page, mention: Mention, pronoun: Mention) -> bool:
    """Whether a person does something to the one meant: "After Dr. Lee briefed her, she" is not Dr. Lee."""
    reading, wanted = page.reading, OBJECTS.get(pronoun.head)
    for k in range(mention.last + 1, min(mention.last + 8, pronoun.first)):
        if reading.sentences[k] != reading.sentences[mention.first] or page.cues.mention_at[k] >= 0:
            return False
        if reading.lower[k] == wanted:
            return not (
                k + 1 < len(reading.words) and reading.kinds[k + 1] == WORD and reading.lower[k + 1] not in FUNCTION
            )
    return False


def _features(page: Page, pronoun: Mention, entity: int, at: int | None, rank: int, previous: int | None) -> list[str]:
    sex = page.entities.all[entity].sex
    agrees = "?" if sex is None else "=" if sex == SEXED.get(pronoun.head) else "!"
    spoke = entity == previous
    found = [f"sex{agrees}", f"k{min(rank, 4)}|{agrees}", f"k{min(rank, 4)}|{spoke}"]
    known = page.entities.all[entity]
    given = "1" if len(known.words) == 1 else "g" if known.words[0] in GIVEN else "2"
    found.append(f"{given}|{agrees}")
    times = len(known.mentions)
    found.append(f"n{'1' if times < 2 else '2' if times < 4 else '5' if times < 8 else '9'}|{spoke}")
    if at is None:
        found.append(f"far|{spoke}")
        return found
    mention = page.mentions[at]
    reading = page.reading
    lines = min(3, reading.lines[pronoun.first] - reading.lines[mention.first])
    sentences = min(4, reading.sentences[pronoun.first] - reading.sentences[mention.first])
    role = _role(page, at, mention)
    found += [
        f"l{lines}|s{sentences}",
        f"l{lines}|s{sentences}|{role}",
        f"l{lines}|{role}|{spoke}",
        f"{role}|k{min(rank, 3)}",
        f"s{sentences}|{spoke}|{agrees}",
        f"{'full' if ' ' in mention.name else 'last'}|l{lines}",
    ]
    return found


def _role(page: Page, at: int, mention: Mention) -> str:
    if mention.possessive:
        return "pos"
    if page.cues.after_preposition[at]:
        return "prep"
    if any(cue.manner != "far" for cue in page.cues.of.get(at, ())):
        return "cue"
    k = mention.first - 1
    reading = page.reading
    if k < 0 or reading.kinds[k] == BREAK or reading.sentences[k] != reading.sentences[mention.first]:
        return "first"
    return "main" if page.cues.mains.get(reading.sentences[mention.first]) == at else "-"
