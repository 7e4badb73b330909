"""Train the weights of the quotation reader: `python -m archive.extract.quotations.train FILE... --out weights.json`.

The files hold one annotated text per line: `id`, `text`, `quotes` with start, end, speaker, speaker_start, speaker_end
and speaker_full, and `other_quoted` with the spans that nobody said. Training is plain stochastic gradient descent with
a fixed seed over sorted texts: the same files give the same weights, byte for byte. What is learnt are the weights of
forms, orders and distances; no feature holds a name or a topical word.
"""

from __future__ import annotations

import gzip
import json
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from archive.extract.quotations.attribution import page_of
from archive.extract.quotations.coreference import SEXED, antecedents
from archive.extract.quotations.entities import name_words
from archive.extract.quotations.features import Page, candidates
from archive.extract.quotations.marks import paragraphs, spans
from archive.extract.quotations.ranker import scores, softmax
from archive.extract.quotations.spoken import spoken_features

SEED = 1
RARE = 5  # a feature seen less often has no weight
LEAST = 0.005  # a weight nearer to nothing is left out
EDGE = " \t\r\n\u00a0“”\"„«»‘’'`.,"

Choice = tuple[list[tuple[int, list[str]]], set[int]]
Text = dict[str, Any]


def read(paths: Iterable[Path]) -> list[Text]:
    """The annotated texts of the files, sorted by id."""
    found = []
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
            found += [json.loads(line) for line in file if line.strip()]
    return sorted(found, key=lambda text: str(text["id"]))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without marks, white space and dots at its ends, as annotations are compared."""
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return start, end


def annotated(page: Page, text: Text) -> list[dict[str, Any] | None]:
    """For each span of a page its annotation, or None."""
    known = {trimmed(text["text"], q["start"], q["end"]): q for q in text["quotes"]}
    return [known.get(trimmed(text["text"], span.start, span.end)) for span in page.reading.spans]


def right(page: Page, index: int, quote: dict[str, Any]) -> int:
    """2 where a mention is the annotated one, 1 where it has the same last name, else 0."""
    mention = page.mentions[index]
    start, end = quote["speaker_start"], quote["speaker_end"]
    if start is not None and mention.start < end and start < mention.end:
        return 2
    ours, theirs = name_words(mention.name), name_words(quote["speaker"] or "")
    return int(bool(ours and theirs and mention.name and ours[-1] == theirs[-1]))


def speaker_choices(pages: list[tuple[Page, Text]]) -> Iterator[Choice]:
    """Each annotated span's candidates and which of them are right."""
    for page, text in pages:
        previous: int | None = None
        at = -1
        for number, quote in enumerate(annotated(page, text)):
            if quote is None:
                continue
            found = candidates(page, number, previous, at) if quote["speaker"] else []
            marks = [right(page, index, quote) for index, _ in found]
            best = max(marks, default=0)
            good = {k for k, mark in enumerate(marks) if mark == best and best}
            if good:
                yield found, good
            previous, at = (found[min(good)][0] if good else None), number


def pronoun_choices(pages: list[tuple[Page, Text]]) -> Iterator[Choice]:
    """Each annotated pronoun's possible persons and which of them it stands for."""
    for page, text in pages:
        previous: int | None = None
        for quote in annotated(page, text):
            if quote is None:
                continue
            wanted = name_words(quote["speaker_full"] or "")
            fits = [k for k, entity in enumerate(page.entities.all) if wanted and _same_name(entity.words, wanted)]
            meant = [k for k, m in enumerate(page.mentions) if m.head in SEXED and right(page, k, quote) == 2]
            if meant and wanted:
                found = antecedents(page, meant[0], previous)
                good = {k for k, (entity, _) in enumerate(found) if entity in fits}
                if good and len(found) > 1:
                    yield found, good
            previous = fits[0] if fits else None


def excerpt(text: Text) -> Text | None:
    """The latter two thirds of an annotated text: like any excerpt, it has surnames that it never explains."""
    cut = text["text"].find("\n\n", len(text["text"]) // 3)
    if cut < 0:
        return None
    quotes = [
        {**quote, "speaker_start": quote["speaker_start"] - cut, "speaker_end": quote["speaker_end"] - cut}
        | {"start": quote["start"] - cut, "end": quote["end"] - cut}
        for quote in text["quotes"]
        if quote["start"] >= cut and (quote["speaker_start"] or 0) >= cut
    ]
    return {**text, "text": text["text"][cut:], "quotes": quotes, "other_quoted": []}


def _same_name(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return a[-1] == b[-1] and (len(a) == 1 or len(b) == 1 or a[0][0] == b[0][0])


def spoken_examples(pages: list[tuple[Page, Text]], weights: dict[str, float]) -> Iterator[tuple[list[str], bool]]:
    """Each annotated span's features and whether it was said."""
    for page, text in pages:
        others = {trimmed(text["text"], o["start"], o["end"]) for o in text["other_quoted"]}
        previous: int | None = None
        at = -1
        for number, quote in enumerate(annotated(page, text)):
            found = candidates(page, number, previous, at)
            chances = softmax(scores(weights, found)) if found else []
            best = max(range(len(chances)), key=chances.__getitem__, default=-1)
            features = (
                spoken_features(page, number, found[best][1], chances[best])
                if found
                else spoken_features(page, number, [], 0.0)
            )
            span = page.reading.spans[number]
            if quote is not None:
                yield features, True
                if found:
                    previous, at = found[best][0], number
            elif trimmed(text["text"], span.start, span.end) in others:
                yield features, False


def fit_choices(examples: Iterable[Choice], *, epochs: int, rate: float = 0.2, decay: float = 1e-3) -> dict[str, float]:
    """Weights under which the right choices have the highest probability (softmax, AdaGrad)."""
    given = list(examples)
    often = Counter(name for found, _ in given for _, names in found for name in names)
    kept = [
        ([(index, [name for name in names if often[name] >= RARE]) for index, names in found], good)
        for found, good in given
    ]
    weights: dict[str, float] = defaultdict(float)
    squares: dict[str, float] = defaultdict(lambda: 1e-3)
    shuffle = random.Random(SEED).shuffle  # noqa: S311 - the same shuffle every time is wanted
    for _ in range(epochs):
        shuffle(kept)
        for found, good in kept:
            chances = softmax([sum([weights[name] for name in names]) for _, names in found])
            mass = sum(chances[k] for k in good)
            for k, (_, names) in enumerate(found):
                gradient = chances[k] - (chances[k] / mass if k in good else 0.0)
                if abs(gradient) >= 1e-4:
                    _step(weights, squares, names, gradient, rate, decay)
    return _rounded(weights)


def fit_binary(examples: Iterable[tuple[list[str], bool]], *, epochs: int = 10) -> dict[str, float]:
    """Weights of a logistic regression, with its `bias`."""
    given = list(examples)
    often = Counter(name for names, _ in given for name in names)
    kept = [([*(name for name in names if often[name] >= RARE), "bias"], said) for names, said in given]
    weights: dict[str, float] = defaultdict(float)
    squares: dict[str, float] = defaultdict(lambda: 1e-2)
    shuffle = random.Random(SEED).shuffle  # noqa: S311 - the same shuffle every time is wanted
    for _ in range(epochs):
        shuffle(kept)
        for names, said in kept:
            value = sum([weights[name] for name in names])
            gradient = 1 / (1 + math.exp(-max(-30.0, min(30.0, value)))) - said
            if abs(gradient) >= 1e-3:
                _step(weights, squares, names, gradient, 0.1, 1e-3)
    return _rounded(weights)


def _step(
    weights: dict[str, float], squares: dict[str, float], names: list[str], gradient: float, rate: float, decay: float
) -> None:
    for name in names:
        g = gradient + decay * weights[name]
        squares[name] += g * g
        weights[name] -= rate * g / math.sqrt(squares[name])


def _rounded(weights: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in sorted(weights.items()) if abs(value) >= LEAST}


def _page(text: Text) -> tuple[Page, Text]:
    lines = paragraphs(text["text"])
    return page_of(text["text"], lines, spans(text["text"], lines)), text


def train(texts: list[Text]) -> dict[str, dict[str, float]]:
    """The three models' weights from annotated texts."""
    pages = [_page(text) for text in texts]
    excerpts = [_page(part) for text in texts if (part := excerpt(text))]
    speaker = fit_choices(speaker_choices(pages), epochs=6)
    return {
        "speaker": speaker,
        "antecedent": fit_choices(pronoun_choices([*pages, *excerpts]), epochs=8),
        "spoken": fit_binary(spoken_examples(pages, speaker)),
    }


@click.command(help=(__doc__ or "").split("\n\n")[1])
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
def main(files: tuple[Path, ...], *, out: Path) -> None:
    weights = train(read(files))
    out.write_text(json.dumps(weights, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    click.echo(", ".join(f"{name}: {len(table)} weights" for name, table in weights.items()), err=True)


if __name__ == "__main__":
    main()
