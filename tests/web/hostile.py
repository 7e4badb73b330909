"""An archive in which everything that came from outside is an attack: texts, titles, names, addresses, reasons."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, insert, update

from archive.models import Appearance, Document, DocumentUrl, RunRow, Source, Speaker, Statement, Version, Wording
from archive.store.engine import open_engine, writing
from tests.query.rows import day, fill

__all__ = ["PAYLOADS", "attacked", "paths"]

RUN = "window.__ran=1,alert(1)"
_TAGS = (
    "<script>{run}</script>",
    "</script><script>{run}</script>",
    "<img src=x onerror={run}>",
    '<img src="x" onerror="{run}">',
    "<svg onload={run}>",
    "<svg><script>{run}</script></svg>",
    "<svg><animate onbegin={run} attributeName=x dur=1s>",
    "<body onload={run}>",
    "<iframe srcdoc='<script>parent.{run}</script>'></iframe>",
    "<iframe src=javascript:{run}></iframe>",
    "<details open ontoggle={run}>",
    "<video><source onerror={run}></video>",
    "<audio src=x onerror={run}>",
    "<input autofocus onfocus={run}>",
    "<select autofocus onfocus={run}>",
    "<textarea autofocus onfocus={run}>",
    "<marquee onstart={run}>",
    "<object data=javascript:{run}>",
    "<embed src=javascript:{run}>",
    "<math><mtext><table><mglyph><style><img src=x onerror={run}>",
    "<base href=javascript:{run}//>",
    "<link rel=stylesheet href=javascript:{run}>",
    "<meta http-equiv=refresh content='0;url=javascript:{run}'>",
    "<form action=javascript:{run}><button autofocus>",
    "<style>@import 'javascript:{run}';</style>",
    "<template><script>{run}</script></template>",
    "<noscript><p title='</noscript><img src=x onerror={run}>'>",
    "<a href=javascript:{run} autofocus onfocus={run}>x</a>",
    "<x onclick={run} contenteditable autofocus onfocus={run}>",
    "<div hx-get=/search hx-trigger=load hx-on:load={run}>",
    "<div hx-on::before-request={run} hx-trigger=load hx-get=/>",
    "<div data-hx-on-load={run}>",
)
_BREAKS = (
    '" onmouseover="{run}" x="',
    "' onmouseover='{run}' x='",
    '"><script>{run}</script>',
    "'><script>{run}</script>",
    "--><script>{run}</script>",
    "]]><script>{run}</script>",
    "</title><script>{run}</script>",
    "</textarea><script>{run}</script>",
    "</blockquote></figure><script>{run}</script>",
    '" autofocus onfocus="{run}',
    "` onerror={run} `",
    '\\"><script>{run}</script>',
    "</a><img src=x onerror={run}>",
    "</pre></details><script>{run}</script>",
    "</option></select><img src=x onerror={run}>",
    "\x01<script>{run}</script>\x02",
    "\x02</mark><img src=x onerror={run}>\x01",
    "{{{{ {run} }}}}",
    "{{% raw %}}{{{{ self.__init__ }}}}{{% endraw %}}",
    "${{{run}}}",
    "#{{{run}}}",
)
_ENCODED = (
    "&lt;script&gt;{run}&lt;/script&gt;",
    "&#60;script&#62;{run}&#60;/script&#62;",
    "&#x3c;img src=x onerror={run}&#x3e;",
    "%3Cscript%3E{run}%3C/script%3E",
    "\\u003cscript\\u003e{run}\\u003c/script\\u003e",
    "\\x3cscript\\x3e{run}\\x3c/script\\x3e",
    "＜script＞{run}＜/script＞",
    "<scr\tipt>{run}</scr\tipt>",
    "<SCRIPT>{run}</SCRIPT>",
    "<script/x>{run}</script>",
    "<<script>{run}//<</script>",
    "<img/src=x/onerror={run}>",
    "<img src=x onerror=\u2028{run}>",
    "\u202e<script>{run}</script>",
    "\ufeff<script>{run}</script>",
    "+ADw-script+AD4-{run}+ADw-/script+AD4-",
)
_ADDRESSES = (
    "javascript:{run}",
    "JaVaScRiPt:{run}",
    " javascript:{run}",
    "\tjava\tscript:{run}",
    "java\nscript:{run}",
    "javascript://example.org/%0a{run}",
    "data:text/html,<script>{run}</script>",
    "vbscript:{run}",
    "blob:https://example.org/{run}",
    "//evil.example/<script>{run}</script>",
    'https://x.example/"onmouseover="{run}',
    "https://x.example/'><script>{run}</script>",
    "https://user:<script>{run}</script>@x.example/",
    "https://[<img src=x onerror={run}>]/",
    "file:///etc/passwd#<script>{run}</script>",
    "https:javascript:{run}",
)
_WANTED = 100
_DISTINCT = [each.format(run=RUN) for each in (*_TAGS, *_BREAKS, *_ENCODED, *_ADDRESSES)]
# The rest are pairs: one that opens a context, one that uses it.
_PAIRS = [f"{one}{other}" for one, other in zip(_DISTINCT, reversed(_DISTINCT), strict=True)]
PAYLOADS = [*_DISTINCT, *_PAIRS][:_WANTED]


def _public(number: int, letter: str) -> str:
    return f"{letter}{number:019x}"


def paths(number: int) -> list[str]:
    """The pages on which an attack of that number is shown."""
    document = _public(number, "d")
    return [
        f"/statement/{_public(number, 'a')}", f"/document/{document}", f"/document/{document}/diff",
        f"/speaker/{_public(number, 'b')}",
    ]  # fmt: skip


def attacked(url: str) -> None:
    """Make the archive: one source, document, speaker and statement per attack, each in two versions."""
    engine = open_engine(url)
    with engine.begin() as connection:
        fill(connection)
    with writing(engine) as connection:
        _stamp(connection)
        for number, payload in enumerate(PAYLOADS):
            _source(connection, number, payload)
            _document(connection, number, payload)
            _said(connection, number, payload)
    engine.dispose()


def _stamp(connection: Connection) -> None:
    """The schema's version, by which an archive is known."""
    from archive.store.schema import head

    connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{head()}')")


def _source(connection: Connection, number: int, payload: str) -> None:
    connection.execute(insert(Source), [{
        "id": f"evil-{number}", "title": payload, "jurisdiction": f"ocd-division/country:us/state:{payload}",
        "office": payload, "document_kind": "press_release", "timezone": "UTC", "language": payload,
        "rights": "public record" if number % 2 else "publisher", "entry_digest": "-", "hints": [], "moves": [],
    }])  # fmt: skip
    connection.execute(insert(RunRow), [{
        "id": 100 + number, "source_id": f"evil-{number}", "obtained": "live", "started_at": day(40),
        "heartbeat_at": day(40), "ended_at": day(40), "outcome": "failed", "reason": payload, "software": payload,
        "counts": {payload: 1}, "held": False,
    }])  # fmt: skip


def _document(connection: Connection, number: int, payload: str) -> None:
    row = 100 + number
    connection.execute(insert(Document), [{
        "id": row, "public_id": _public(number, "d"), "source_id": f"evil-{number}", "document_kind": "press_release",
        "url": payload, "address": f"https://evil.example/{number}", "title": payload, "language": payload,
        "byline": payload, "published_at": None, "published_date": day(0).date(), "published_precision": payload,
        "published_basis": payload, "modified_at": None, "modified_date": None, "first_seen": day(0),
        "last_seen": day(9), "versions": 2, "removal_state": "confirmed", "obtained": "live", "story_id": None,
    }])  # fmt: skip
    connection.execute(insert(DocumentUrl), [{
        "source_id": f"evil-{number}", "address": f"https://evil.example/{number}", "document_id": row, "url": payload,
        "seen_from": day(0), "seen_to": day(9), "joined_by": payload,
    }])  # fmt: skip
    for version in (1, 2):
        at = day(version)
        connection.execute(insert(Version), [{
            "id": row * 10 + version, "document_id": row, "number": version, "is_latest": version == 2,
            "title": f"{payload} {version}", "text": f"Before.\n\n{payload}\n\n{payload} {version}\n\nAfter.",
            "text_digest": payload, "text_key": f"k{row}{version}", "words": 3, "first_captured": at,
            "last_captured": at, "changed_after": None if version == 1 else at - timedelta(hours=1), "captures": 1,
            "capture_id": 11, "extraction_id": 1, "obtained": "live", "language": payload, "truncated": True,
            "redacted": False,
        }])  # fmt: skip


def _said(connection: Connection, number: int, payload: str) -> None:
    row = 100 + number
    connection.execute(insert(Speaker), [{
        "id": row, "public_id": _public(number, "b"), "key": f"k{number}", "name": payload,
        "speaker_class": "official", "person": None, "jurisdiction": payload, "document_id": None,
    }])  # fmt: skip
    connection.execute(insert(Wording), [{
        "id": row, "public_id": _public(number, "c"), "speaker_id": row, "normal": payload, "content_words": 3,
    }])  # fmt: skip
    shared: dict[str, Any] = {
        "office": payload, "office_basis": "printed", "jurisdiction": f"ocd-division/country:us/state:{payload}",
        "jurisdiction_name": payload, "words": payload, "kind": "direct", "speaker_id": row,
    }  # fmt: skip
    connection.execute(insert(Statement), [{
        **shared, "id": row, "public_id": _public(number, "a"), "first_date": day(0).date(), "last_date": day(0).date(),
        "documents": 1, "stories": 1, "primary_id": row * 10 + 1, "repeat_of": None, "checked": False,
    }])  # fmt: skip
    for version in (1, 2):
        connection.execute(insert(Appearance), [{
            **shared, "id": row * 10 + version, "version_id": row * 10 + version, "statement_id": row,
            "wording_id": row, "char_start": 9, "char_end": 9 + len(payload), "cue": payload, "utterance": 1,
            "sentence": payload, "turn": False, "speaker_as_printed": payload, "speaker_start": None,
            "speaker_end": None, "speaker_name": payload, "namesakes": None, "speaker_class": "official",
            "role": payload, "place": payload, "on_behalf_of": payload, "unresolved": payload, "confidence": 0.5,
            "day": day(0).date(), "day_basis": "published", "appearance_role": "primary" if version == 1 else "report",
            "variation": "reworded", "held": False, "checked": False,
        }])  # fmt: skip
    connection.execute(update(Source).where(Source.id == "ash").values(title=payload))
