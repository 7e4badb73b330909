"""Who said each quoted span: the ranking model's choice, one span after the other, and how sure it is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from archive.extract.quotations.coreference import SEXED, antecedents
from archive.extract.quotations.cues import Cues
from archive.extract.quotations.entities import Entities
from archive.extract.quotations.features import Candidate, Page, candidates
from archive.extract.quotations.lexicon import PERSON_NOUNS, PERSON_TITLES
from archive.extract.quotations.marks import Paragraph, Span
from archive.extract.quotations.mentions import NOMINAL, find_mentions
from archive.extract.quotations.ranker import scores, softmax
from archive.extract.quotations.reading import Reading
from archive.extract.quotations.roles import Roles, link_appositions, link_bearers
from archive.extract.quotations.spoken import spoken_features, title_costs

__all__ = ["Attribution", "Weights", "attribute", "page_of", "person_of"]

SURE_SIGNED = 0.97
UNNAMED = PERSON_NOUNS | PERSON_TITLES
Weights = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Attribution:
    """What the model says of one span.

    `mention` is the index of the mention that said it, `entity` that of the person it names or stands for; -1 where
    there is none. `sureness` is the probability of the mention among all candidates, `spoken` that anybody said it.
    """

    mention: int
    entity: int
    sureness: float
    spoken: float


def page_of(text: str, lines: list[Paragraph], spans: list[Span]) -> Page:
    """A text made ready: its stream, mentions, persons and cues."""
    reading = Reading(text, lines, spans)
    mentions = find_mentions(reading)
    entities = Entities(reading, mentions)
    link_appositions(reading, mentions)
    roles = Roles(reading, mentions, entities)
    link_bearers(roles)
    return Page(reading, mentions, entities, Cues(reading, mentions), roles)


def attribute(page: Page, weights: Weights) -> list[Attribution]:
    """The attribution of each span of a page, in their order."""
    found: list[Attribution] = []
    previous: int | None = None
    previous_number, previous_entity = -1, -1
    stands_for: dict[int, int] = {}
    for number in range(len(page.reading.spans)):
        choices = candidates(page, number, previous, previous_number)
        if not choices:
            found.append(Attribution(-1, -1, 0.0, spoken_probability(page, number, [], 0.0, weights)))
            continue
        chances = _chances(page, number, choices, weights)
        best = max(range(len(chances)), key=chances.__getitem__)
        index, features = choices[best]
        spoken = spoken_probability(page, number, features, chances[best], weights)
        if index not in stands_for:
            stands_for[index] = person_of(page, index, previous_entity, weights)
        entity = stands_for[index]
        found.append(Attribution(index, entity, chances[best], spoken))
        if spoken >= 0.5:
            previous, previous_number, previous_entity = index, number, entity
    return found


def _chances(page: Page, number: int, choices: list[Candidate], weights: Weights) -> list[float]:
    """The probability of each candidate; a signature beside the quotation leaves no doubt."""
    signer = page.cues.signer(page.reading.at[number])
    if signer is not None and any(index == signer for index, _ in choices):
        return [SURE_SIGNED if index == signer else 0.0 for index, _ in choices]
    return softmax(scores(weights["speaker"], choices))


def person_of(page: Page, index: int, previous: int, weights: Weights) -> int:
    """The person (index of an entity) that a mention names or a pronoun stands for; -1 where nobody is known.

    `previous` is the person to whom the quotation before was given, -1 where nobody was.
    """
    mention = page.mentions[index]
    if mention.entity >= 0 or mention.head not in SEXED:
        return mention.entity
    if _means_unnamed(page, index):
        return -1
    choices = antecedents(page, index, previous if previous >= 0 else None)
    choices = [each for each in choices if not _contradicts(page, index, each[0])]
    if not choices:
        return -1
    values = scores(weights["antecedent"], choices)
    return choices[max(range(len(values)), key=values.__getitem__)][0]


def _means_unnamed(page: Page, pronoun: int) -> bool:
    """Whether a pronoun means its sentence's own subject, whom the text names nowhere: "The warden smiles when he"."""
    main = page.cues.main_subject(page.mentions[pronoun].first)
    if main is None or main == pronoun or page.mentions[main].form != NOMINAL or page.mentions[main].entity >= 0:
        return False
    between = page.mentions[main + 1 : pronoun]
    return page.mentions[main].head in UNNAMED and not any(m.entity >= 0 and page.is_person(m.entity) for m in between)


def _contradicts(page: Page, pronoun: int, entity: int) -> bool:
    """Whether the text or the name leaves no doubt that a person is no "he", or no "she"."""
    sexes = page.entities.all[entity].sexes
    mine = SEXED[page.mentions[pronoun].head]
    other = "she" if mine == "he" else "he"
    return sexes[other] >= 3 and sexes[other] > sexes[mine]


def spoken_probability(page: Page, number: int, top: list[str], sureness: float, weights: Weights) -> float:
    """The probability that somebody said the words of a span."""
    value = sum(weights["spoken"].get(name, 0.0) for name in spoken_features(page, number, top, sureness))
    value += weights["spoken"].get("bias", 0.0)
    value -= title_costs(page, number)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))
