"""README.md of an export: a dataset card as Hugging Face reads it, with counts, gaps, and what made it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from archive.export.arrow import TYPES
from archive.export.formats import FORMATS
from archive.export.told import Told

__all__ = ["card"]

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
_TEXTS = {
    "all": "The full text of every version is there, of publishers' articles too (`--text all`): do not publish those "
    "again.",
    "own": "The full text is there of sources whose rights are not their publisher's. Of publishers' articles there "
    "are quotations, offsets, digests and addresses, and neither text nor title.",
    "none": "Texts were left out (`--text none`), and publishers' titles; quotations, digests and word counts are "
    "there.",
}


def card(told: Told) -> str:
    """The card, as Markdown with a YAML header."""
    parts = (
        _header(told), _what(told), _tables(told), _texts(told), _counts(told), _gaps(told), _scores(told), _made(told)
    )  # fmt: skip
    return "\n".join(line for part in parts for line in part) + "\n"


def _header(told: Told) -> Iterable[str]:
    yield from (
        "---", "license: other", "license_name: rights-per-row", "license_link: README.md#rights",
        "pretty_name: On the Record", "tags:", "- politics", "- government", "- quotations", "size_categories:",
        f"- {_size(max(told.rows.values(), default=0))}",
    )  # fmt: skip
    if told.typed:
        yield "configs:"
        for table in told.tables:
            yield f"- config_name: {table.name}"
            yield f"  data_files: {FORMATS[told.typed].file(table.name)}"
            if table.name == "documents":
                yield "  default: true"
        yield "dataset_info:"
        for table in told.tables:
            yield f"- config_name: {table.name}"
            yield "  features:"
            for column in table.columns:
                yield f"  - name: {column.name}"
                yield f"    dtype: {_dtype(column.type)}"
            size = told.files[FORMATS[told.typed].file(table.name)][1]
            yield "  splits:"
            yield "  - name: train"
            yield f"    num_examples: {told.rows[table.name]}"
            yield f"  download_size: {size}"
    yield "---"
    yield ""


def _dtype(type_: str) -> str:
    arrow = str(TYPES[type_])
    return {"bool": "bool", "double": "float64", "date32[day]": "date32"}.get(arrow, arrow)


def _size(rows: int) -> str:
    return next((name for least, name in _SIZES if rows < least), "1M<n<10M" if rows < 10_000_000 else "10M<n<100M")


def _what(told: Told) -> Iterable[str]:
    facts = told.facts
    yield "# An export of On the Record" if not told.delta else "# Changes since an earlier export of On the Record"
    yield ""
    yield "What public officials said: documents, every version of their texts, and each statement with its speaker, "
    yield "the office held that day, and every appearance, traced to the captures it was read from."
    yield ""
    if told.delta:
        yield (
            f"This is a delta: rows that are new or other than in the export whose `SHA256SUMS` has the sha256 "
            f"`{told.delta['since']}`, and `tombstones` of those that are gone. Take the tombstones' rows out of it, "
            "put these in, and it is the export of today; `archive export DIR --apply DELTA --since-export PREVIOUS` "
            "does so. The counts and gaps below are those of the whole."
        )
        yield ""
    if facts["first_capture"]:
        yield f"Captured from {facts['first_capture']} to {facts['last_capture']}; state `{facts['state']}`."
        yield ""


def _tables(told: Told) -> Iterable[str]:
    yield "| table | rows | holds |"
    yield "|---|---|---|"
    for table in told.tables:
        yield f"| {table.name} | {told.rows[table.name]} | {table.description} |"
    yield ""
    yield (
        "`DICTIONARY.md` says what each column means. `sha256sum -c SHA256SUMS` says whether the files are as they "
        "were written, `archive export DIR --check` whether they hold what they say."
    )
    yield ""


def _texts(told: Told) -> Iterable[str]:
    query = told.facts["query"]
    yield "## Rights"
    yield ""
    yield f"Each row has its `rights`. {_TEXTS[query['text']]}"
    yield ""
    if query["private_names"]:
        yield "Private people are named, as was asked for (`--private-names`): do not publish their names."
    else:
        yield "Private people have pseudonyms in the columns of speakers; texts and words are as they were printed."
    yield ""
    yield _sure(query["min_confidence"])
    yield ""


def _sure(least: float) -> str:
    if least <= 0:
        return "Quotations are there however doubtful their speakers are: see `confidence`."
    return (
        f"Quotations are there whose speaker is sure to {least:g} or more, those that a person checked, and those of "
        "nobody who can be named. A statement is there that one of them carries."
    )


def _counts(told: Told) -> Iterable[str]:
    yield "## Documents by source and year"
    yield ""
    by_source = told.facts["documents_by_source"]
    years = sorted({year for each in by_source for year in each["documents"]})
    if not years:
        yield "None."
        yield ""
        return
    yield f"| source | {' | '.join(years)} |"
    yield f"|---|{'---|' * len(years)}"
    for each in by_source:
        yield f"| {each['source']} | {' | '.join(str(each['documents'].get(year, '')) for year in years)} |"
    yield ""
    yield "A year is that of publication, of documents without a date that of their first sight."
    yield ""


def _gaps(told: Told) -> Iterable[str]:
    yield "## Known gaps"
    yield ""
    if not told.facts["gaps"]:
        yield "None: no source is silent, failing, quarantined or unwatched, and none refused anything."
        yield ""
        return
    columns = ("days_watched", "days_short", "days_quarantined", "days_failed", "robots", "walls", "refused")
    yield f"| source | state | {' | '.join(name.replace('_', ' ') for name in columns)} | why |"
    yield f"|---|---|{'---|' * len(columns)}---|"
    for gap in told.facts["gaps"]:
        figures = " | ".join(str(gap[name]) for name in columns)
        yield f"| {gap['source']} | {gap['state']} | {figures} | {_plain(gap['reason'])} |"
    yield ""
    yield (
        "`robots`, `walls` and `refused` count requests that robots.txt forbade, a bot wall answered, or the host "
        "refused. The table coverage says of every day who looked; a day without a row was not watched."
    )
    yield ""


def _scores(told: Told) -> Iterable[str]:
    scores: list[dict[str, Any]] = told.facts.get("scores", [])
    yield "## How right it is"
    yield ""
    if not scores:
        yield "Nobody has scored an audit sample of this archive yet (`archive sample`)."
    for score in scores:
        yield f"- {_plain(score['words'])}"
    yield ""


def _made(told: Told) -> Iterable[str]:
    yield "## How it was made"
    yield ""
    yield "```sh"
    yield told.command()
    yield "```"
    yield ""
    yield "| made with | version |"
    yield "|---|---|"
    for name, value in told.facts["made_by"].items():
        yield f"| {name.replace('_', ' ')} | {value or 'not known'} |"
    for each in told.facts["dictionaries"]:
        yield f"| tag dictionary {each['name']} {each['version']} | {each['digest']} |"


def _plain(words: str) -> str:
    return " ".join(words.replace("|", "\\|").split())
