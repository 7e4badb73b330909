"""Alerts reach a file, a local mail server and a local web server; each state is told once, and its end once."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, update

from archive import Archive, clock
from archive.alerts import News, deliver, pending, tell
from archive.catalog import SourceEntry
from archive.errors import UsageError
from archive.models import RunRow
from archive.sending import Delivery
from archive.settings import Email, Receivers, load_settings
from archive.store.engine import writing
from tests.receivers import hook as hook
from tests.receivers import letters as letters
from tests.store.archives import add, answer, prose, source

NEWS = News(
    source="xx-alder-mayor", title="Mayor of Alder", state="silent", before=None, words="nothing new since 2026-01-05",
    since=datetime(2026, 2, 1, tzinfo=UTC),
)  # fmt: skip


def test_everybody_is_told(
    letters: tuple[str, list[str]], hook: tuple[str, list[dict[str, Any]]], tmp_path: Path
) -> None:
    """A line, an object with a text for people, a letter whose subject says what it is about."""
    email = Email(to=("desk@ashby.example",), sender="archive@ashby.example", smtp=letters[0])
    deliver(Receivers(file=tmp_path / "told" / "alerts.jsonl", webhook=hook[0], email=email), [NEWS])
    (line,) = (tmp_path / "told" / "alerts.jsonl").read_text().splitlines()
    assert json.loads(line)["state"] == "silent"
    assert "nothing new since" in hook[1][0]["text"]
    assert hook[1][0]["sources"][0]["source"] == "xx-alder-mayor"
    (letter,) = letters[1]
    assert "Subject: On the Record: xx-alder-mayor (Mayor of Alder): silent" in letter.replace("\n ", " ")


def test_who_cannot_be_reached_is_named_after_all_others_were(hook: tuple[str, Any], tmp_path: Path) -> None:
    """The file is written although the hook is closed and nobody takes letters."""
    email = Email(to=("a@b.example",), sender="c@d.example", smtp="127.0.0.1:1")
    alerts = Receivers(file=tmp_path / "alerts.jsonl", webhook=f"{hook[0]}/closed", email=email)
    with pytest.raises(Delivery, match=r"alerts\.webhook: .*alerts\.email: "):
        deliver(alerts, [NEWS])
    assert (tmp_path / "alerts.jsonl").exists()


ENTRY = source(per_week=7.0)
CATALOG: dict[str, SourceEntry] = {ENTRY.id: ENTRY}


def _fares(archive: Archive, outcome: str, reason: str) -> None:
    with writing(archive.engine) as connection:
        connection.execute(update(RunRow).values(outcome=outcome, reason=reason, started_at=clock.now()))


def test_each_state_is_told_once_and_its_end_once(tmp_path: Path) -> None:
    """A first failed run is no news, the second one in a row is; then nothing until it is well again."""
    alerts = Receivers(file=tmp_path / "alerts.jsonl")
    with Archive.open(f"sqlite:///{tmp_path / 'a.db'}") as archive:

        def told() -> list[tuple[str, str | None]]:
            return [(each.state, each.before) for each in tell(archive, CATALOG, alerts)]

        def waiting(connection: Connection) -> int:
            return len(pending(connection, CATALOG, clock.now()))

        add(archive, [answer("/1", prose(1))], ENTRY)
        assert told() == []
        _fares(archive, "failed", "no listing could be read: 1 unreachable")
        assert told() == []
        add(archive, [answer("/2", prose(2))], ENTRY)
        _fares(archive, "failed", "no listing could be read: 1 unreachable")
        with archive.read() as connection:
            assert waiting(connection) == 1
        assert told() == [("failing", None)]
        assert told() == []
        _fares(archive, "quarantined", "texts shrank")
        assert told() == [("quarantined", "failing")]
        _fares(archive, "ok", "finished")
        assert told() == [("ok", "quarantined")]
        assert told() == []


def test_the_settings_are_checked_when_they_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """File and key are named; no file at all is fine."""
    monkeypatch.chdir(tmp_path)
    assert load_settings().alerts.nobody
    file = tmp_path / "on-the-record.toml"
    file.write_text(
        '[alerts]\nfile = "told.jsonl"\nemail = { to = "a@b.example", from = "c@d.example", smtp = "h:25" }\n'
    )
    found = load_settings().alerts
    assert (found.file, found.email and found.email.to) == (Path("told.jsonl"), ("a@b.example",))
    for wrong, said in (
        ("[alert]\n", r"key alert: unknown; did you mean alerts\?"),
        ("[alerts]\nwebhok = 1\n", r"alerts\.webhok: unknown; did you mean webhook"),
        ('[alerts]\nwebhook = "desk"\n', r"alerts\.webhook"),
        ('[alerts]\nemail = { to = "a@b.example" }\n', r"alerts\.email\.from: missing"),
        ("[alerts]\nfile = 5\n", r"alerts\.file: 5 is no text on one line"),
        ("[alerts\n", "not a settings file in TOML"),
    ):
        file.write_text(wrong)
        with pytest.raises(UsageError, match=said):
            load_settings()
    with pytest.raises(UsageError, match="no such settings file"):
        load_settings(tmp_path / "other.toml")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ('smtp = "mail.example:smtp"', r"email\.smtp: 'mail\.example:smtp' is no host:port"),
        ('smtp = "mail.example:70000"', r"email\.smtp: "),
        ('smtp = "mail..example:25"', r"email\.smtp: "),
        ('smtp = "http://mail.example"', r"email\.smtp: "),
        ("smtp = 25", r"email\.smtp: 25 is no text"),
        ('smtp = "h"\nstarttls = "no"', r"email\.starttls: 'no' is neither"),
        ('smtp = "h"\nuser = 1', r"email\.user: 1 is no text"),
    ],
)
def test_a_mail_server_that_is_none_is_told_at_once(tmp_path: Path, given: str, said: str) -> None:
    """What is found out only when a source has fallen silent would leave everybody untold."""
    file = tmp_path / "on-the-record.toml"
    file.write_text(f'[alerts.email]\nto = ["a@b.example"]\nfrom = "c@d.example"\n{given}\n')
    with pytest.raises(UsageError, match=said):
        load_settings(file)


@pytest.mark.parametrize("to", ["5", "[5]", '["a@b.example\\nBcc: x@y.example"]'])
def test_a_letter_goes_to_addresses_of_one_line(tmp_path: Path, to: str) -> None:
    file = tmp_path / "on-the-record.toml"
    file.write_text(f'[alerts.email]\nto = {to}\nfrom = "c@d.example"\nsmtp = "h:25"\n')
    with pytest.raises(UsageError, match=r"email\.to: .* is no text on one line"):
        load_settings(file)


@pytest.mark.parametrize(
    ("smtp", "server"),
    [
        ("mail.example:587", ("mail.example", 587)),
        ("mail.example", ("mail.example", 25)),
        ("[::1]:2525", ("::1", 2525)),
    ],
)
def test_a_mail_server_is_a_host_and_a_port(smtp: str, server: tuple[str, int]) -> None:
    assert Email(to=(), sender="", smtp=smtp).server == server


def test_the_secret_of_a_webhook_is_not_repeated(tmp_path: Path) -> None:
    """The path of such an address is all that somebody needs to post there; logs and mails of cron are read by many."""
    alerts = Receivers(webhook="http://127.0.0.1:1/services/SECRET")
    with pytest.raises(Delivery, match=r"webhook: 127\.0\.0\.1 cannot be reached \(NewConnectionError\)") as told:
        deliver(alerts, [NEWS])
    assert "SECRET" not in str(told.value)


def test_an_address_that_no_library_takes_keeps_nobody_else_from_being_told(tmp_path: Path) -> None:
    email = Email(to=("a@b.example",), sender="c@d.example", smtp="a..b:25")
    alerts = Receivers(file=tmp_path / "alerts.jsonl", webhook="http://a..b/", email=email)
    with pytest.raises(Delivery, match=r"alerts\.webhook: .*alerts\.email: "):
        deliver(alerts, [NEWS])
    assert (tmp_path / "alerts.jsonl").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk is played by a device of Linux")
def test_a_full_disk_is_told(tmp_path: Path) -> None:
    with pytest.raises(Delivery, match=r"alerts\.file: .*No space left"):
        deliver(Receivers(file=Path("/dev/full")), [NEWS])
