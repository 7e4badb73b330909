"""Every page as it is answered over HTTP, on both databases: what stands in it, what does not, and where ids lead."""

from __future__ import annotations

import re
from datetime import date

import httpx
import pytest

from tests.store.speaking import ALDER, GATE, HALL, PAPER
from tests.web.alder import COMPLAINT, EDITED, NEIGHBOR, RETIRED, RETIRED_FOR_NOTHING, RETIRED_STATEMENT
from tests.web.alder import alder as alder
from tests.web.alder import client as client
from tests.web.alder import served as served
from tests.web.asked import address_of, links, read, tree

STANDING = ("/", "/search", "/search?in=documents", "/places", "/sources", "/removals", "/runs", "/about")


def test_every_page_leads_to_pages(client: httpx.Client) -> None:
    """From the front page on, every link within the page is answered, each page titled, with one main heading."""
    waiting, seen = ["/"], {"/"}
    while waiting:
        path = waiting.pop()
        found = client.get(path)
        assert found.status_code == 200, f"{path}: {found.status_code}"
        if not found.headers["content-type"].startswith("text/html"):
            continue
        page = tree(found)
        assert page.findtext(".//title"), path
        assert len(page.findall(".//h1")) == 1, path
        assert page.xpath("//details[@class='cite']"), path
        # Days of a timeline lead to ever more searches; a few of each page are enough.
        new = [each for each in links(page) if each.partition("?")[0] not in seen][:40]
        seen.update(each.partition("?")[0] for each in new)
        waiting += new
    assert {path.split("/")[1] for path in seen} >= {
        "", "search", "statement", "document", "speaker", "place", "places", "source", "sources", "removals", "runs",
        "about",
    }  # fmt: skip


@pytest.mark.parametrize("path", STANDING)
def test_answers_are_for_browsers_only_as_meant(client: httpx.Client, path: str) -> None:
    """No page lets anything run or be framed; HEAD is answered as GET is, without a body."""
    found = client.get(path)
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in found.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in found.headers["content-security-policy"]
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["referrer-policy"] == "no-referrer"
    head = client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    page = tree(found)
    assert not page.xpath("//*[@style] | //style | //script[not(@src)] | //*[starts-with(name(@*), 'on')]")


def test_a_statement_tells_where_it_was_said(client: httpx.Client) -> None:
    """Words, speaker and office, primary source, the report with its variation as a word diff."""
    said = read(client, address_of(client, "told us on Tuesday"))
    assert GATE in said.text
    assert "Ruth Okafor" in said.heading
    assert "Mayor, Alder" in said.text
    assert "The speaker's own office published these words." in said.text
    assert "Bracketed: words added or changed in square brackets." in said.text
    assert said.page.xpath("//p[@class='words']/del/text()") == ["us"]
    assert said.page.xpath("//p[@class='words']/ins/text()") == ["[the city]"]


def test_a_passage_is_marked_where_it_stands(client: httpx.Client) -> None:
    """An appearance's id is its address: the document's version, with the offsets as the place in the page."""
    said = tree(client.get(address_of(client, "told us on Tuesday")))
    place = next(each for each in links(said) if "#" in each)
    path, _, offsets = place.partition("#")
    document = tree(client.get(path))
    (anchor,) = document.xpath(f"//*[@id='{offsets}']")
    assert anchor.getnext().text_content() == GATE
    assert anchor.getnext().get("href").startswith("/statement/")


def test_the_versions_of_a_document_stand_side_by_side(client: httpx.Client) -> None:
    """Any two are compared word by word; each has an address by its time, which stays."""
    changed = next(each for each in links(read(client, f"/source/{HALL.id}").page) if "/diff" in each)
    found = read(client, changed)
    assert "new pumps" in "".join(each.text_content() for each in found.page.iter("ins"))
    earlier = next(each for each in links(found.page) if "@" in each)
    assert "An earlier version." in read(client, earlier).text
    assert client.get(changed.partition("?")[0] + "?a=1&b=9").status_code == 404
    assert client.get(changed.partition("?")[0] + "?c=1").status_code == 400


def test_a_publisher_s_text_is_never_shown(client: httpx.Client) -> None:
    """Of an article there are its quotations and a few words around them; of a release there is everything."""
    page = tree(client.get(f"/search?in=documents&source={PAPER.id}"))
    (path,) = {each for each in links(page) if each.startswith("/document/")}
    article = read(client, path)
    assert GATE.split(",")[0] in article.text
    assert "a neighbor of the gate" not in article.text
    assert f"The text is {PAPER.title}'s and is not shown here" in article.text
    diff = read(client, f"{path}/diff")
    assert "[the city]" in "".join(each.text_content() for each in diff.page.iter("ins"))
    assert COMPLAINT not in diff.text
    release = tree(client.get(f"/search?in=documents&source={HALL.id}&q=homes"))
    path = next(each for each in links(release) if each.startswith("/document/"))
    assert "340 homes lost heat" in read(client, path).text


def test_private_people_have_no_page_and_no_name(client: httpx.Client) -> None:
    """Their words are found; who they are is not told by the page, nor is there a page of them."""
    found = read(client, "/search?q=" + "+".join(COMPLAINT.split()[:4]))
    assert "a private person" in found.text
    assert NEIGHBOR not in found.text
    said = read(client, next(each for each in links(found.page) if each.startswith("/statement/")))
    assert NEIGHBOR not in said.text
    assert not [each for each in links(said.page) if each.startswith("/speaker/")]
    assert client.get(f"/speaker/{NEIGHBOR}").status_code == 404


def test_a_removal_is_told(client: httpx.Client) -> None:
    """In the list, and above the document's last text, which stays."""
    gone = read(client, "/removals?state=confirmed")
    path = next(each for each in links(gone.page) if each.startswith("/document/"))
    document = read(client, path)
    assert "Confirmed removal." in document.text
    assert "The library of Alder opens at ten on Sunday" in document.text
    assert "Nothing restored" in read(client, "/removals?state=restored").text


def test_a_speaker_is_told_over_time(client: httpx.Client) -> None:
    """Offices with what they rest on, words that set the statements apart, the statements."""
    page = tree(client.get(address_of(client, "told us on Tuesday")))
    path = next(each for each in links(page) if each.startswith("/speaker/"))
    found = read(client, path)
    assert found.heading == "Ruth Okafor"
    assert "In the roster" in found.text
    assert EDITED[:40] in found.text
    assert "Mayor, Alder" in found.text


def test_a_place_has_those_who_spoke_for_it(client: httpx.Client) -> None:
    """By its division id, with the place that it lies in; the map counts it for its state."""
    found = read(client, f"/place/{ALDER}")
    assert found.heading == "Alder"
    assert "Ruth Okafor" in found.text
    assert "/place/ocd-division/country:us/state:nd" in links(found.page)
    tile = tree(client.get("/places")).xpath("//a[b='ND']")[0]
    assert re.fullmatch(r"North Dakota: \d+ statements", tile.get("aria-label"))
    assert client.get("/place/ocd-division/country:xx").status_code == 404


def test_retired_ids_lead_on_for_good(client: httpx.Client) -> None:
    """To what took their place, permanently; where nothing did, the page says so; a beginning leads on for now."""
    for path in (f"/document/{RETIRED}", f"/statement/{RETIRED_STATEMENT}"):
        found = client.get(path)
        assert found.status_code == 308
        assert client.get(found.headers["location"]).status_code == 200
    gone = client.get(f"/document/{RETIRED_FOR_NOTHING}")
    assert (gone.status_code, "was retired (re-homed)" in gone.text) == (404, True)
    own = address_of(client, "told us on Tuesday")
    beginning = client.get(own[: len("/statement/") + 8])
    assert (beginning.status_code, beginning.headers["location"]) == (307, own)


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/search?since=yesterday", 400, "`since` is a day written as 2026-03-04"),
        ("/search?sinc=2026-03-04", 400, "did you mean `since`?"),
        ("/search?since=2026-03-04&until=2026-03-01", 400, "`until` comes before `since`"),
        ("/search?kind=loud", 400, "`kind` is one of direct, fragment, indirect, whole"),
        ("/search?page=0", 400, "`page` is a number"),
        ("/search?q=a&q=b", 400, "is given twice"),
        ("/search?q=" + "x" * 1001, 400, "longer than 1000 characters"),
        ("/removals?state=vanished", 400, "`state` is one of confirmed"),
        ("/runs?source=x", 400, "there is `only`"),
        ("/search?page=00000000" + "19" * 12, 400, "`page` is a number"),
        (f"/place/{ALDER}?q=gate", 400, "there is no parameter"),
        (f"/document/{RETIRED}/diff?a=1&a=2", 400, "is given twice"),
        (f"/document/{RETIRED}/diff?c=1", 400, "there are a, b"),
        ("/statement/Okafor", 404, "is no id of a statement"),
        ("/speaker/00000000000000000000", 404, "nobody called"),
        ("/document/ffffffffffffffffffff", 404, "no document has the id"),
        ("/source/nowhere", 404, "nothing is kept of a source"),
        ("/no/such/page", 404, "no page at this address"),
    ],
)
def test_what_is_wrong_is_told_in_words(client: httpx.Client, path: str, status: int, words: str) -> None:
    """Each with a sentence that says what to do."""
    found = client.get(path)
    assert found.status_code == status
    assert words.lower() in " ".join(tree(found).text_content().split()).lower()


def test_links_that_others_decorated_still_work(client: httpx.Client) -> None:
    """What mailers append is passed over, and so are signs that no text has."""
    assert client.get("/search?q=gate&utm_source=letter&fbclid=1").status_code == 200
    assert client.get("/removals?state=confirmed&utm_source=letter").status_code == 200
    assert client.get("/search?q=gate%00&speaker=%ed%a0%80").status_code == 200


def test_a_citation_names_version_and_capture(client: httpx.Client, served: str) -> None:
    """As plain text and as BibTeX, with an address that stays."""
    page = tree(client.get(address_of(client, "told us on Tuesday")))
    text = page.xpath("string(//p[@class='citation'])")
    assert "Ruth Okafor, Mayor, Alder." in text
    assert re.search(r"version [0-9a-f]{20}@[\d:.TZ-]+#\d+-\d+, captured \d{4}-\d\d-\d\d", text)
    assert f"{served}/statement/" in text
    assert page.xpath("string(//details[@class='cite']/pre)").startswith("@misc{otr-statement-")


def test_facets_narrow_and_lead_back(client: httpx.Client) -> None:
    """A value of a facet asks for as many as it counts; chosen, it leads away again."""
    page = tree(client.get("/search?q=gate"))
    facets = page.xpath("//section[@class='facets']//li/a")
    assert facets
    for each in facets:
        number = int(each.find("span[@class='count']").text.replace(",", ""))
        found = tree(client.get(each.get("href")))
        assert found.xpath("string(//p[@id='count'])").split()[0] == str(number)
        assert found.xpath("//a[@aria-current='true']") or found.xpath("//ul[@class='chosen']/li")


def test_filters_in_force_are_named(client: httpx.Client) -> None:
    """A speaker's id by the name, an office and a place as the roster has them; each can be taken away."""
    said = tree(client.get(address_of(client, "told us on Tuesday")))
    speaker = next(each for each in links(said) if each.startswith("/speaker/")).rpartition("/")[2]
    asked = {"speaker": speaker, "office": "mayor", "jurisdiction": ALDER, "source": HALL.id, "since": "2026-01-02"}
    found = tree(client.get("/search", params=asked))
    named = found.xpath("//ul[@class='chosen']/li/a")
    shown = [" ".join(each.text_content().split()).removeprefix("Take away: ").rstrip("× ") for each in named]
    assert shown == ["Ruth Okafor", "Mayor", "Alder", HALL.title, "from 2026-01-02"]
    for each in named:
        assert len(tree(client.get(each.get("href"))).xpath("//ul[@class='chosen']/li")) == 4
    assert client.get("/search?speaker=Okafor").status_code == 200
    assert client.get("/search?speaker=nobody+at+all").status_code == 200


def test_a_timeline_asks_for_its_own_days(client: httpx.Client) -> None:
    """The bars of a search hold all its answers, and each leads to those of its days."""
    page = tree(client.get("/search?in=documents"))
    total = int(page.xpath("string(//p[@id='count'])").split()[0])
    bars = page.xpath("//*[name()='svg']/*[name()='a']")
    assert bars
    found = 0
    for each in bars:
        answers = tree(client.get(each.get("href")))
        found += int(answers.xpath("string(//p[@id='count'])").split()[0])
    assert found == total


def test_search_turns_pages(client: httpx.Client) -> None:
    """Beyond the last page a way back is offered, not a fault."""
    found = read(client, "/search?page=7")
    assert "There are not so many pages" in found.text


def test_static_files_are_a_fixed_table(client: httpx.Client) -> None:
    """They may be kept for a year, since another content has another address."""
    page = tree(client.get("/"))
    for each in [*page.xpath("//link/@href"), *page.xpath("//script/@src")]:
        found = client.get(each)
        assert found.status_code == 200
        assert "immutable" in found.headers["cache-control"]
    assert client.get("/static/").status_code == 404
    assert client.get("/static/app.py").status_code == 404


def test_the_year_of_no_day_is_read(client: httpx.Client) -> None:
    """The first and the last day that a date can be."""
    for day in (date.min, date.max):
        assert client.get(f"/search?since={day}&until={day}").status_code == 200
        assert client.get(f"/search?in=documents&since={day}&until={day}").status_code == 200


def test_markup_is_whole(client: httpx.Client) -> None:
    """Every id of a page is its own, every label has its field, every fragment link a target."""
    for path in (*STANDING, address_of(client, "told us on Tuesday")):
        page = tree(client.get(path))
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        assert set(page.xpath("//label/@for")) <= set(ids), path
        fragments = {each[1:] for each in page.xpath("//a/@href") if each.startswith("#")}
        assert fragments <= set(ids), path
