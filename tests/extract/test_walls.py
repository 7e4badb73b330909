"""Pages of ours in the shape of walls, and good pages that look like them: each is what the index says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.extract import extract
from archive.records import Outcome
from tests.bench.walls import REBUILT, Case, rebuilt_cases

CASES = list(rebuilt_cases())
# A product's headers in small letters, as HTTP/2 sends them, on a page that says nothing.
HEADERS = (("cf-mitigated", "challenge"), ("x-amzn-waf-action", "captcha"), ("x-sucuri-block", "BNP005"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_rebuilt_page(case: Case) -> None:
    """A wall is refused, an absence is never taken for a page nor a page for one, and a good page is read."""
    found = extract(case.page)
    assert (found.outcome is Outcome.TEXT) == (case.expected is Outcome.TEXT), found.reason
    assert (found.outcome is Outcome.ABSENT) == (case.expected is Outcome.ABSENT), found.reason
    assert bool(found.text) == (case.expected is Outcome.TEXT)


def test_every_page_is_listed() -> None:
    """No page lies beside the index."""
    assert {path.name for path in REBUILT.glob("*.html")} == {case.name for case in CASES}
    assert sum(case.expected is not Outcome.TEXT for case in CASES) >= 60


@pytest.mark.parametrize("header", HEADERS)
def test_a_header_in_which_a_product_names_itself(header: tuple[str, str]) -> None:
    """It decides on any page; headers that stand in good answers, too, do not."""
    good = next(case for case in CASES if case.name == "good-cloudflare-scripts.html")
    assert len(good.page.headers) > 3
    assert extract(good.page).outcome is Outcome.TEXT
    walled = replace(good.page, headers=(*good.page.headers, header))
    assert extract(walled).outcome is Outcome.BLOCKED
