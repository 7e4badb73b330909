"""The API: what is answered, what never is, and where ids and pages lead."""

from __future__ import annotations

from typing import Any

import httpx
import orjson
import pytest

from archive.web.api import OPERATIONS
from archive.web.api.parameters import LAST_PAGE
from tests.docs_blocks import DOCS, blocks
from tests.store.speaking import GATE, SOCKS
from tests.web.alder import BULLETIN, COMPLAINT, EDITED, NEIGHBOR, RETIRED, RETIRED_FOR_NOTHING, RETIRED_STATEMENT
from tests.web.alder import alder as alder
from tests.web.alder import client as client
from tests.web.alder import served as served

# After nine signs of it a number that is small enough.
FAR = "00000000" + "19" * 12
ALDER = "ocd-division/country:us/state:nd/place:alder"


def get(client: httpx.Client, path: str, status: int = 200) -> Any:
    """What the API answers."""
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == status, answer.text
    return orjson.loads(answer.content)


def statement_of(client: httpx.Client, words: str) -> dict[str, Any]:
    """The statement of these words."""
    (found,) = [each for each in get(client, "/statements")["items"] if each["words"] == words]
    return dict(found)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("q=gate+stuck", {GATE}),
        ("q=pumps", {EDITED}),
        ("speaker=okafor&q=socks+OR+stuck", {GATE, EDITED}),
        ("speaker=okafor&until=2026-01-04", set()),
        ("source=xx-plains-paper", {GATE, COMPLAINT}),
        ("source=xx-plains-paper&office=mayor", {GATE}),
        (f"jurisdiction={ALDER}&kind=direct&q=stuck", {GATE}),
        ("kind=indirect", set()),
        ("document_kind=article&since=2026-01-06&q=cellar", {COMPLAINT}),
    ],
)
def test_statements_are_searched_by_the_filters_of_the_page(client: httpx.Client, asked: str, words: set[str]) -> None:
    """Words, speaker, office, place, source, kinds and days."""
    assert {each["words"] for each in get(client, f"/statements?{asked}")["items"]} == words


def test_a_statement_is_traced(client: httpx.Client) -> None:
    """Its primary source, each appearance with its variation and how its words differ, its rights."""
    found = get(client, f"/statements/{statement_of(client, GATE)['statement']}")
    assert found["statement"]["rights"] == "public record"
    assert found["primary"]["source"] == "xx-alder-mayor"
    reports = [each for each in found["appearances"] if each["appearance_role"] == "report"]
    assert {each["variation"] for each in reports} == {"verbatim", "bracketed"}
    assert {each["rights"] for each in reports} == {"publisher"}
    changed = next(each for each in reports if each["variation"] == "bracketed")
    assert "[the city]" in "".join(each["text"] for each in changed["difference"] if each["operation"] == "insert")


def test_what_an_office_printed_in_turn(client: httpx.Client) -> None:
    """The edited release has both printings of one statement, its versions and its diff."""
    found = get(client, f"/statements/{statement_of(client, EDITED)['statement']}")
    assert [(each["words"], each["in_force"]) for each in found["printings"]] == [(SOCKS, False), (EDITED, True)]
    document = found["primary"]["document"]
    versions = get(client, f"/documents/{document}/versions")["items"]
    assert [(each["number"], each["text_status"], each["text"]) for each in versions] == [
        (1, "left_out", None), (2, "left_out", None),
    ]  # fmt: skip
    then = get(client, f"/documents/{versions[0]['id']}")["version"]
    assert (then["number"], SOCKS in then["text"]) == (1, True)
    diff = get(client, f"/documents/{document}/diff")
    assert (diff["old"]["number"], diff["new"]["number"], diff["is_whole"]) == (1, 2, True)
    assert "".join(each["text"] for each in diff["changes"] if each["operation"] != "insert") == then["text"]
    assert get(client, f"/documents/{document}/diff?old=2&new=2")["changes"][0]["operation"] == "equal"
    assert "version 9" in get(client, f"/documents/{document}/diff?new=9", 404)["detail"]


def test_a_publishers_text_is_never_given_in_full(client: httpx.Client) -> None:
    """Not in a document, nor a version, nor the sum of what a diff shows."""
    (article,) = [each for each in get(client, "/documents")["items"] if each["rights"] == "publisher"]
    whole = get(client, f"/documents/{article['document']}")
    assert (whole["version"]["text"], whole["version"]["text_status"]) == (None, "withheld")
    diff = get(client, f"/documents/{article['document']}/diff")
    shown = "".join(each["text"] for each in diff["changes"])
    assert not diff["is_whole"]
    assert "[the city]" in shown
    assert COMPLAINT not in shown
    assert "dry again" not in shown


def test_private_people_are_not_named_as_speakers(client: httpx.Client) -> None:
    """A pseudonym takes the place of the name in every answer, nothing is found by the name, and there is no page."""
    said = statement_of(client, COMPLAINT)
    assert said["speaker"] == f"private person {said['speaker_id'][:8]}"
    traced = client.get(f"/api/v1/statements/{said['statement']}").text
    assert NEIGHBOR not in traced
    assert NEIGHBOR.split()[1] not in client.get("/api/v1/facets").text
    assert NEIGHBOR not in client.get("/api/v1/places/ocd-division/country:us").text
    assert get(client, "/statements?speaker=Quill")["items"] == []
    assert "private people" in get(client, f"/speakers/{said['speaker_id']}", 404)["detail"]
    # Nor is it told whether somebody of that name is quoted.
    told = [get(client, f"/speakers/{name}", 404)["detail"].replace(name, "") for name in (NEIGHBOR, "Ann Nowhere")]
    assert told[0] == told[1]


def test_a_speaker_and_a_place_with_what_was_said(client: httpx.Client) -> None:
    """By the id alone; a name leads nowhere but to a sentence."""
    speaker = statement_of(client, GATE)["speaker_id"]
    found = get(client, f"/speakers/{speaker}")
    assert (found["speaker"]["name"], len(found["said"])) == ("Ruth Okafor", found["speaker"]["statements"])
    assert get(client, f"/speakers/{speaker}?until=2025-01-01")["said"] == []
    assert client.get(f"/api/v1/speakers/{speaker[:9]}").headers["location"] == f"/api/v1/speakers/{speaker}"
    for nobody in ("okafor", "%20", speaker[:3], "Ruth Okafor"):
        get(client, f"/speakers/{nobody}", 404)
    place = get(client, f"/places/{ALDER}")
    assert (place["place"]["name"], len(place["said"])) == ("Alder", 3)
    assert len(get(client, "/places/ocd-division%2Fcountry:us%2Fstate:nd")["said"]) == 3
    get(client, "/places/ocd-division/country:us/state:nd/place:atlantis", 404)


@pytest.mark.parametrize(
    ("retired", "kind", "words"), [(RETIRED, "documents", ""), (RETIRED_STATEMENT, "statements", "")]
)
def test_a_retired_id_leads_to_what_took_its_place(client: httpx.Client, retired: str, kind: str, words: str) -> None:
    """For good (308), with the question; one that nothing took the place of is a 404 that says so."""
    answer = client.get(f"/api/v1/{kind}/{retired}")
    assert answer.status_code == 308
    assert client.get(answer.headers["location"]).status_code == 200
    assert "nothing took its place" in get(client, f"/documents/{RETIRED_FOR_NOTHING}", 404)["detail"]


def test_what_is_gone_and_what_ran(client: httpx.Client) -> None:
    """Removals, runs, sources, counts, facets and the timeline."""
    (removal,) = get(client, "/removals?state=confirmed")["items"]
    assert (removal["title"], removal["rights"]) == (BULLETIN, "public record")
    assert get(client, "/removals?state=restored")["items"] == []
    assert len(get(client, "/runs?source=xx-plains-paper")["items"]) == 2
    assert get(client, "/runs?failing=true")["items"] == []
    sources = {each["source"]: each for each in get(client, "/sources")["items"]}
    assert (sources["xx-plains-paper"]["rights"], sources["xx-plains-paper"]["documents"]) == ("publisher", 1)
    assert get(client, "/status")["statements"] == 4
    assert get(client, "/facets?q=gate")["office"] == [{"value": "mayor", "name": "mayor", "count": 2}]
    assert sum(each["count"] for each in get(client, "/timeline?period=month")["buckets"]) == 4


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/statements?speakr=okafor", "did you mean `speaker`?"),
        ("/statements?q=a&q=b", "given twice"),
        ("/statements?since=yesterday", "is a day written as 2026-03-04"),
        ("/statements?since=", "without a value"),
        ("/statements?page=0", f"a number from 1 to {LAST_PAGE}"),
        (f"/statements?page={LAST_PAGE + 1}", f"a number from 1 to {LAST_PAGE}"),
        (f"/runs?page={FAR}", f"a number from 1 to {LAST_PAGE}"),
        (f"/documents/{RETIRED}/diff?old={FAR}", "a number from 1 to 1000000"),
        ("/status?page=2", "none is taken here"),
        ("/statements?kind=shouted", "direct, fragment, indirect, whole"),
        ("/statements?since=2026-02-01&until=2026-01-01", "`until` comes before `since`"),
        ("/facets?in=documents&kind=direct", "are of statements"),
        ("/runs?failing=yes", "true, false"),
        ("/timeline?period=day&since=0001-01-01&until=9999-01-01", "ask for a longer period"),
    ],
)
def test_a_wrong_question_is_a_problem_in_one_sentence(client: httpx.Client, path: str, said: str) -> None:
    """RFC 9457: a media type of its own, the status, and what to do."""
    answer = client.get(f"/api/v1{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    problem = answer.json()
    assert (problem["status"], problem["title"], problem["type"]) == (400, "Bad Request", "about:blank")
    assert said in problem["detail"]


@pytest.mark.parametrize(
    "path",
    ["/api/v1/nothing", "/api/v2/statements", "/api/", f"/api/v1/statements/{RETIRED}@2026-03-05T00:00:00Z%23{FAR}"],
)
def test_no_address_is_a_problem_too(client: httpx.Client, path: str) -> None:
    """Whatever begins with /api/ answers as JSON."""
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_only_reading_is_answered(client: httpx.Client) -> None:
    """Another method is a problem that names those that are answered."""
    answer = client.post("/api/v1/statements")
    assert (answer.status_code, answer.headers["content-type"]) == (405, "application/problem+json")
    assert answer.headers["allow"] == "GET, HEAD"


def test_what_is_known_is_not_sent_again(client: httpx.Client) -> None:
    """304 without a body for the ETag of the answer; another question has another ETag."""
    first = client.get("/api/v1/statements")
    again = client.get("/api/v1/statements", headers={"If-None-Match": f'"x", {first.headers["etag"]}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    other = client.get("/api/v1/statements?q=gate", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


def test_pages_follow_one_another(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """By `next` and by the Link header, each row once, with the filters kept."""
    monkeypatch.setattr("archive.web.api.operations.PER_PAGE", 1)
    for name in ("search", "people"):
        monkeypatch.setattr(f"archive.web.api.{name}.PER_PAGE", 1)
    for path, items in (("/statements?speaker=okafor", "items"), (f"/places/{ALDER}", "said"), ("/runs", "items")):
        seen, at = [], f"/api/v1{path}"
        while at:
            answer = client.get(at)
            page = answer.json()
            assert answer.headers.get("link") == (f'<{page["next"]}>; rel="next"' if page["next"] else None)
            seen += page[items]
            at = page["next"]
        assert len(seen) == (9 if path == "/runs" else 3)
        assert len({orjson.dumps(each) for each in seen}) == len(seen)


def test_the_docs_have_every_operation_and_parameter(client: httpx.Client) -> None:
    """docs/api.md names each path with what it takes, and its example of an error is a real one."""
    told = (DOCS / "api.md").read_text(encoding="utf-8")
    for operation in OPERATIONS:
        path = operation.path.replace(":path}", "}")
        assert f"| `{path}` |" in told
        assert all(f"`{each.name}`" in told for each in operation.takes)
    (example,) = [block for block in blocks("json") if block.words == ("problem",)]
    assert get(client, "/statements?speakr=okafor", 400) == orjson.loads(example.body)
