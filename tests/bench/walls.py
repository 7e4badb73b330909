"""How many walls, "not found" pages and shells are refused, and how many good pages are.

Kinds of refusable pages are counted apart: real ones among the stored pages of BENCH_DATA, ones that others published
and that stand in `BENCH_DATA/walls` (both named, with their digests, in walls.toml), and those of
`tests/pages/walls/rebuilt`, which are ours in the shape that the products give theirs. The misses of one half of each,
by a digest of the file's name, were looked at while rules were written ("tune"), those of the other were not ("test").
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from archive.extract import extract
from archive.records import Extraction, Outcome, Page

__all__ = ["Case", "published_cases", "rebuilt_cases", "stored_cases", "walls_report"]

REBUILT = Path(__file__).parent.parent / "pages" / "walls" / "rebuilt"
LISTED = Path(__file__).parent / "walls.toml"
CAPTURED = date(2026, 9, 1)
GOOD_PAGES, SEED = 500, 20
GOOD_KINDS = ("article", "press_release", "gov_page")
SHORT = 130  # words of truth: all such pages are among the good ones
# Good pages that speak of what walls say are all among the good ones, too.
SPEAKING = re.compile(
    r"\bcookies?\b|\b404\b|access denied|maintenance|\blog ?in\b|sign in|captcha|subscri|no longer available|not found|"
    r"blocked|robot",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A page and what it must be; `name` is its file's."""

    name: str
    expected: Outcome
    page: Page

    @property
    def half(self) -> str:
        """`tune` or `test`, by the digest of the name."""
        return "test" if hashlib.sha256(self.name.encode()).digest()[0] % 2 else "tune"


def rebuilt_cases() -> Iterator[Case]:
    """The pages of ours, good ones among them."""
    for name, said in tomllib.loads((REBUILT / "index.toml").read_text(encoding="utf-8")).items():
        payload = (REBUILT / f"{name}.html").read_bytes()
        yield _case(f"{name}.html", said, payload, tuple(said.get("headers", {}).items()))


def stored_cases(folder: Path) -> Iterator[Case]:
    """Real refusable pages among the stored ones; ValueError where one is not the page that was listed."""
    for name, said in _listed("stored").items():
        yield _case(name, said, _checked(gzip.decompress((folder / "pages" / name).read_bytes()), name, said))


def published_cases(folder: Path, table: str = "published") -> Iterator[Case]:
    """The refusable pages of one table of walls.toml, as far as they stand in `BENCH_DATA/walls`."""
    for name, said in _listed(table).items():
        path = folder / "walls" / name
        if path.is_file():
            yield _case(name, said, _checked(path.read_bytes(), name, said))


def _listed(table: str) -> dict[str, dict[str, Any]]:
    return dict(tomllib.loads(LISTED.read_text(encoding="utf-8"))[table])


def walls_report(folder: Path | None) -> dict[str, Any]:
    """Refused of all by kind and half, good pages refused, and the names of those that came out wrong."""
    rebuilt = list(rebuilt_cases())
    report = {
        "rebuilt": _refused([case for case in rebuilt if case.expected is not Outcome.TEXT]),
        "good, rebuilt": _kept([case for case in rebuilt if case.expected is Outcome.TEXT]),
    }
    if folder is not None:
        report["real, stored"] = _refused(list(stored_cases(folder)))
        report["real, published"] = _published(folder, "published")
        report["published, gathered later"] = _published(folder, "late")
        report["real ones of these"] = _published(folder, "late", real=True)
        report["good, real"] = _kept(list(_good(folder)))
    return report


def _case(name: str, said: dict[str, Any], payload: bytes, headers: tuple[tuple[str, str], ...] = ()) -> Case:
    page = Page(payload=payload, url=None, media_type="text/html", captured=CAPTURED, headers=headers)
    return Case(name=name, expected=Outcome(said["expected"]), page=page)


def _checked(payload: bytes, name: str, said: dict[str, Any]) -> bytes:
    if hashlib.sha256(payload).hexdigest() != said["sha256"]:
        raise ValueError(f"{name} is not the page that walls.toml lists")
    return payload


def _good(folder: Path) -> Iterator[Case]:
    """All short and all speaking pages with a known text, and as many of the others, drawn, as make up the number."""
    pages, truth = _manifest(folder)
    walls = {case.name for case in stored_cases(folder)}
    names = sorted(name for name, page in pages.items() if page["kind"] in GOOD_KINDS and name not in walls)
    known = [name for name in names if truth[name]]
    must = [name for name in known if len(truth[name].split()) < SHORT or SPEAKING.search(truth[name])]
    rest = [name for name in names if name not in must and (truth[name] or pages[name]["kind"] == "gov_page")]
    drawn = random.Random(SEED).sample(rest, GOOD_PAGES - len(must))
    for name in sorted(must + drawn):
        yield _case(name, {"expected": "text"}, gzip.decompress((folder / "pages" / name).read_bytes()))


def _manifest(folder: Path) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    lines = (folder / "pages" / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    pages = {page["file"]: page for page in map(json.loads, lines) if _is_html(page["file"])}
    truth: dict[str, str] = defaultdict(str)
    for line in (folder / "pages" / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        truth[said["file"]] = truth[said["file"]] or said.get("text") or ""
    return pages, truth


def _is_html(name: str) -> bool:
    return name.endswith(".gz") and not name.endswith((".pdf.gz", ".json.gz", ".xml.gz", ".md.gz", ".txt.gz"))


def _refused(cases: list[Case]) -> dict[str, Any]:
    found = {case.name: extract(case.page) for case in cases}
    missed = [case for case in cases if found[case.name].outcome is Outcome.TEXT]
    other = [case for case in cases if found[case.name].outcome not in (Outcome.TEXT, case.expected)]
    return {
        "pages": len(cases),
        "refused": len(cases) - len(missed),
        **{half: _share([case for case in cases if case.half == half], missed) for half in ("tune", "test")},
        "missed": [case.name for case in missed],
        "refused_as_another": {case.name: str(found[case.name].outcome) for case in other},
    }


def _share(cases: list[Case], missed: list[Case]) -> str:
    names = {case.name for case in missed}
    return f"{sum(case.name not in names for case in cases)} of {len(cases)}"


def _published(folder: Path, table: str, *, real: bool = False) -> dict[str, Any]:
    listed = _listed(table)
    wanted = {name for name, said in listed.items() if not real or said.get("real")}
    cases = [case for case in published_cases(folder, table) if case.name in wanted]
    return _refused(cases) | {"not_in_the_folder": len(wanted) - len(cases)}


def _kept(cases: list[Case]) -> dict[str, Any]:
    found = {case.name: extract(case.page) for case in cases}
    return {
        "pages": len(cases),
        "refused": {name: _told(each) for name, each in found.items() if _is_refusal(each)},
        "without_text": [name for name, each in found.items() if each.outcome is Outcome.EMPTY],
    }


def _is_refusal(found: Extraction) -> bool:
    return found.outcome in (Outcome.BLOCKED, Outcome.ABSENT)


def _told(found: Extraction) -> str:
    return f"{found.outcome}: {found.reason}"
