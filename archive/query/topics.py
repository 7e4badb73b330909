"""The words that set one speaker's statements apart from everybody else's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log, sqrt

from sqlalchemy import Connection, Select, select

from archive.fulltext import fold
from archive.models import Speaker, Statement
from archive.query.naming import is_private

__all__ = ["Topic", "distinctive", "topics"]

MINE, OTHERS = 1_000, 4_000  # statements that are looked at, the latest of each
LEAST_STATEMENTS = 2  # a word of one statement is an anecdote
LEAST_SCORE = 1.0  # nearer to everybody's use of it, a word sets nobody apart
PRIOR = 0.1  # a word's imagined count, as a share of how often it is everybody's
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_COMMON_WORDS = """
    a about above across after again against all also am an and another any are around as at back be because been
    before being below between both but by can could did do does doing done down during each even ever every few for
    from further get gets getting go goes going good got great had has have having he her here hers him his how i if in
    into is it its itself just keep know known last less let like look made make makes making many may me might more
    most much must my need needs never new next no nor not now of off on once one only or other our ours out over own
    part people put right said same say says see seen shall she should since so some still such sure take taken than
    that the their them then there these they thing things think this those through time to today together told too
    two under until up upon us use used very want wants was way ways we well went were what when where which while who
    why will with within without work working would year years yet you your yours don't it's we're we've they're that's
    i'm you're can't won't didn't isn't let's he's she's there's who's i've we'll i'll doesn't aren't wasn't weren't
    couldn't wouldn't shouldn't hasn't haven't hadn't
"""
_COMMON = frozenset(_COMMON_WORDS.split())


@dataclass(frozen=True, slots=True)
class Topic:
    """A word, how many of the statements looked at have it, and how surely it sets them apart (standard deviations)."""

    word: str
    statements: int
    score: float


def topics(connection: Connection, speaker: str, *, limit: int = 24) -> list[Topic]:
    """The words of a speaker (public id) against those of all others, the surest first.

    Looked at are the latest 1,000 statements of the speaker and the latest 4,000 of the archive, however large it is.
    """
    newest = (Statement.first_date.desc(), Statement.public_id)
    said = select(Statement.words).join(Speaker, Speaker.id == Statement.speaker_id).order_by(*newest)
    mine = _words(connection, said.where(Speaker.public_id == speaker).limit(MINE))
    latest = select(Statement.id).order_by(*newest).limit(OTHERS).subquery()
    others = said.order_by(None).where(Speaker.public_id != speaker, ~is_private(), Statement.id.in_(select(latest)))
    return distinctive(mine, _words(connection, others), limit=limit)


def _words(connection: Connection, wanted: Select[str]) -> list[str]:
    return list(connection.scalars(wanted))


def distinctive(mine: Sequence[str], others: Sequence[str], *, limit: int = 24) -> list[Topic]:
    """Words of `mine` by their weighted log-odds ratio against `others`, with a prior of both together. Pure.

    A word counts once for each text that has it.
    """
    here, there = _counted(mine), _counted(others)
    both = here + there
    prior = {word: PRIOR * count for word, count in both.items()}
    sizes = sum(here.values()), sum(there.values()), sum(prior.values())
    found = [
        Topic(word, count, round(_score(count, there[word], prior[word], sizes), 2))
        for word, count in here.items()
        if count >= LEAST_STATEMENTS
    ]
    ranked = sorted((each for each in found if each.score >= LEAST_SCORE), key=lambda each: (-each.score, each.word))
    return ranked[:limit]


def _score(here: int, there: int, prior: float, sizes: tuple[int, int, float]) -> float:
    """The log-odds ratio of a word, in its own standard deviations (Monroe, Colaresi and Quinn, 2008)."""
    mine, others, priors = sizes

    def odds(count: int, size: int) -> float:
        return log((count + prior) / max(size + priors - count - prior, PRIOR))

    return (odds(here, mine) - odds(there, others)) / sqrt(1 / (here + prior) + 1 / (there + prior))


def _counted(texts: Iterable[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for text in texts:
        found.update({word for each in _WORD.findall(text) if (word := _form(each)) not in _COMMON and len(word) > 2})
    return found


def _form(word: str) -> str:
    folded = fold(word).replace("’", "'")
    return folded if folded in _COMMON else folded.removesuffix("'s")
