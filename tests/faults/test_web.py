"""The web page under random words, climbing paths, foreign hosts, absurd questions, locks and a database that goes."""

from __future__ import annotations

import http.client
import random
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import httpx
import psycopg
import pytest
from psycopg import sql
from sqlalchemy.engine import make_url

from archive.web.api import BASE, OPERATIONS
from tests.web.alder import alder as alder
from tests.web.alder import client as client
from tests.web.alder import filled
from tests.web.alder import served as served
from tests.web.serving import reader, served_by_command, serving

SECRET = "s3cr3t-word"
PATIENCE = 2.0  # seconds in which anything is answered
MARKS = [
    '"', "'", "-", "*", "(", ")", ":", "^", "+", "OR", "AND", "NOT", "NEAR", "NEAR/3", "title:", "\\", ";", "--",
    "%", "_", "\x00", "\x1f", "é", "ß", "中文", "𐍈", "\u202e", "\ufeff", "🏛", "DROP TABLE statement", "' OR 1=1 --",
    "{{7*7}}", "<b>",
]  # fmt: skip
WORDS = ["gate", "River", "socks", "mayor", "library", "U.S.", "C++", "3.5", "well-known", "O'Neil", "a" * 300]
SEARCHES = ["/search", "/search.csv", "/search.atom", "/api/v1/statements", "/api/v1/documents", "/api/v1/facets"]


def asked(number: int) -> str:
    """One of 1,000 questions, the same at each run."""
    pick = random.Random(number)
    parts = [pick.choice(MARKS if pick.random() < 0.5 else WORDS) for _ in range(pick.randint(0, 9))]
    return pick.choice(["", " "]).join(parts)


@pytest.mark.parametrize("questions", [range(100), pytest.param(range(1_000), marks=pytest.mark.slow)], ids=len)
def test_random_questions_are_answered(client: httpx.Client, questions: range) -> None:
    """FAULTS 31: whatever is asked for as words, in each form that a search has, is answered or refused; 0 are 5xx."""
    refused = 0
    for number in questions:
        answer = client.get(SEARCHES[number % len(SEARCHES)], params={"q": asked(number)})
        assert answer.status_code in (200, 400), (asked(number), answer.status_code, answer.text[:200])
        refused += answer.status_code == 400
    assert refused <= len(questions) / 10, "only what is longer than may be asked is refused"


CLIMBS = [
    f"{start}{'/'.join([climb] * depth)}/{target}"
    for start in ("/", "/static/", "/document/", "/place/", "/api/v1/documents/")
    for climb, depth in (("..", 8), ("%2e%2e", 8), ("..%2f..", 4), ("....", 6), ("..%5c..", 4))
    for target in ("etc/passwd", "pyproject.toml", "archive.db", "proc/self/environ")
]


def test_no_path_leads_to_a_file(served: str) -> None:
    """FAULTS 31: of 100 paths that climb none shows a file; sent as they are, as no browser would."""
    assert len(CLIMBS) == 100
    for path in CLIMBS:
        status, body = raw(served, path)
        assert 300 <= status < 500, path
        for inside in ("root:x:0", "[build-system]", "SQLite format", "PATH="):
            assert inside not in body, path


HOSTS = {
    "127.0.0.1": 200, "127.0.0.1:8400": 200, "localhost": 200, "LOCALHOST:1": 200, "[::1]:8400": 200, "10.0.0.7": 200,
    "": 400, "evil.example": 400, "evil.example:80": 400, "localhost.evil.example": 400, "127.0.0.1.evil.example": 400,
    "evil.example@127.0.0.1": 400, "127.0.0.1/evil": 400, "127.0.0.1:port": 400, "<script>alert(1)</script>": 400,
    "evil.example#localhost": 400, "a" * 5_000: 400, "localhost evil": 400, "127.0.0.1:99999999": 400, "%00": 400,
}  # fmt: skip


def test_hosts_that_are_not_ours_are_refused(served: str) -> None:
    """FAULTS 31: of 20 Host headers only names of this machine are answered, and none is repeated."""
    assert len(HOSTS) == 20
    for host, status in HOSTS.items():
        for path in ("/api/v1/status", "/search.atom"):
            told, body = raw(served, path, host)
            assert told == status, host
            assert not (status == 400 and host and host in body)


def raw(served: str, path: str, host: str | None = None) -> tuple[int, str]:
    """Status and body of a request whose path and Host header go out as they are written."""
    connection = http.client.HTTPConnection(urlsplit(served).netloc, timeout=30)
    connection.putrequest("GET", path, skip_host=host is not None)
    if host is not None:
        connection.putheader("Host", host)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, body


def absurd() -> Iterator[str]:
    """50 questions that cost much, or ask for what nobody has."""
    for path in ("/api/v1/statements", "/api/v1/documents", "/api/v1/removals", "/api/v1/runs", "/search"):
        for page in ("200", "201", "500", "99999999999999999999", "-1", "1e9"):
            yield f"{path}?{urlencode({'page': page})}"
    for words in ("a* OR b* OR c* " * 60, "a*", '"a b" ' * 150, "-a " * 300, "x" * 1_001, "OR " * 300, "e* -e*"):
        yield f"/search?{urlencode({'q': words})}"
        yield f"/api/v1/timeline?{urlencode({'q': words})}"
    yield "/api/v1/timeline?period=day&since=0001-01-01&until=9999-12-31"
    yield "/api/v1/statements?since=9999-12-31&until=9999-12-31"
    yield f"/api/v1/statements?speaker={'%25' * 300}"
    yield f"/api/v1/documents/{'a' * 4_000}"
    yield f"/api/v1/places/{quote('/'.join(['ocd-division'] * 200), safe='')}"
    yield "/api/v1/documents/" + "0" * 20 + "@9999-12-31T23:59:59.999999+14:00"


ABSURD = list(absurd())


@pytest.mark.parametrize("number", range(50))
def test_an_absurd_question_is_answered_in_time(client: httpx.Client, number: int) -> None:
    """FAULTS 32: an answer, or what is wrong with the question, within two seconds."""
    begun = time.monotonic()
    answer = client.get(ABSURD[number])
    assert answer.status_code in (200, 400, 404, 503)
    assert time.monotonic() - begun < PATIENCE


SAME = {
    "/search": "text/html", "/search.csv": "text/plain", "/search.atom": "text/plain",
    "/api/v1/statements": "application/problem+json", "/api/v1/facets": "application/problem+json",
}  # fmt: skip


def test_what_takes_too_long_is_stopped(postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """FAULTS 32: a statement that waits for a lock is a 503 that says when to ask again, within two seconds."""
    monkeypatch.setenv("ARCHIVE_WARC", str(tmp_path))
    with filled(postgres) as url, serving(url) as served, reader(served) as client, psycopg.connect(url) as other:
        other.execute("LOCK TABLE statement, document, version IN ACCESS EXCLUSIVE MODE")
        for path, media_type in SAME.items():
            begun = time.monotonic()
            answer = client.get(path)
            assert time.monotonic() - begun < PATIENCE
            assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (503, media_type)
            assert 0 < int(answer.headers["retry-after"]) <= 60
        other.rollback()
        assert {client.get(path).status_code for path in SAME} == {200}


def test_no_answer_and_no_log_has_the_password(postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """FAULTS 35: not when all is well, not when the database is gone in the middle of it."""
    monkeypatch.setenv("ARCHIVE_WARC", str(tmp_path))
    log = tmp_path / "log"
    with filled(postgres) as url:
        secret = make_url(url).set(password=SECRET).render_as_string(hide_password=False)
        with served_by_command(log, {"ARCHIVE_DATABASE": secret}) as served, reader(served) as client:
            well = everything(client)
            cut_off(url)
            gone = everything(client)
    assert {answer.status_code for answer in well} == {200}
    assert {answer.status_code for answer in gone} == {200, 503}
    told = "".join(f"{answer.headers}{answer.text}" for answer in (*well, *gone)) + log.read_text()
    assert "the archive is at" in told
    assert SECRET not in told
    assert "Traceback" not in told


def everything(client: httpx.Client) -> list[httpx.Response]:
    """What every address without an id answers."""
    paths = [f"{BASE}{each.path}" for each in OPERATIONS if not each.ids]
    return [
        client.get(path) for path in (*paths, f"{BASE}/openapi.json", *SEARCHES, "/", "/sources", "/runs", "/about")
    ]


def cut_off(url: str) -> None:
    """End every connection to a database, and let nobody connect any more."""
    name = str(make_url(url).database)
    server = make_url(url).set(database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS false").format(sql.Identifier(name)))
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
