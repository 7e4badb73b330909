"""One message to a file, a webhook and people by e-mail: the one sender of alerts and watches."""

from __future__ import annotations

import errno
import os
import smtplib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

import orjson
import urllib3

from archive.errors import ArchiveError, UsageError
from archive.settings import Email, Receivers

__all__ = ["Delivery", "Message", "send"]

SECONDS = 20


class Delivery(ArchiveError):
    """Somebody who was to be told could not be reached; they are told with the next crawl."""

    exit_status = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is told. `id` is the same whenever it is sent again, so that a receiver can know it: it is the letter's
    Message-ID and the Idempotency-Key of a POST.

    A file takes `lines`, one JSON object each; a webhook takes `body`, whose `text` chat services show; people get
    `subject` and `text`.
    """

    id: str
    subject: str
    text: str
    lines: Sequence[object]
    body: Mapping[str, Any]


def send(to: Receivers, name: str, message: Message) -> str | None:
    """Tell one of the receivers, by its name (`file`, `webhook` or `email`); gives why it could not be reached."""
    try:
        {"file": _write, "webhook": _post, "email": _mail}[name](to, message)
    except urllib3.exceptions.MaxRetryError as error:
        # Its words repeat the whole address, which is often all of the secret that lets somebody post there.
        return f"{urlsplit(str(to.webhook)).hostname} cannot be reached ({type(error.reason).__name__})"
    except (OSError, ValueError, UsageError, urllib3.exceptions.HTTPError, smtplib.SMTPException) as error:
        # A ValueError is an address that no library takes: the others are told all the same.
        return str(error)
    return None


def _json(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_UTC_Z)


def _write(to: Receivers, message: Message) -> None:
    assert to.file is not None, "only called where there is one"
    to.file.parent.mkdir(parents=True, exist_ok=True)
    told = b"".join(_json(line) + b"\n" for line in message.lines)
    # In one call, so that a kill leaves all of the lines or none.
    with to.file.open("ab", buffering=0) as file:
        before = file.seek(0, os.SEEK_END)
        if file.write(told) < len(told):
            file.truncate(before)
            raise OSError(errno.ENOSPC, f"{to.file}: the disk took only a part, which was taken back")


def _post(to: Receivers, message: Message) -> None:
    answer = urllib3.request(
        "POST", str(to.webhook), body=_json({"id": message.id, "text": message.text, **message.body}),
        headers={"Content-Type": "application/json", "Idempotency-Key": message.id}, timeout=SECONDS,
        retries=urllib3.Retry(2, redirect=0),
    )  # fmt: skip
    if answer.status >= 300:
        raise OSError(f"answered {answer.status}")


def _mail(to: Receivers, message: Message) -> None:
    email = to.email
    assert email is not None, "only called where there is one"
    with smtplib.SMTP(*email.server, timeout=SECONDS) as server:
        if email.starttls:
            server.starttls()
        if email.user:
            server.login(email.user, _password(email))
        server.send_message(_letter(email, message))


def _password(email: Email) -> str:
    name = email.password_from or ""
    if name not in os.environ:
        raise UsageError(f"email.password_from: the environment variable {name or '(none named)'} is not set")
    return os.environ[name]


def _letter(email: Email, message: Message) -> EmailMessage:
    letter = EmailMessage()
    letter["Subject"] = " ".join(f"On the Record: {message.subject}".split())[:200]
    letter["From"], letter["To"] = email.sender, ", ".join(email.to)
    letter["Message-ID"] = f"<{message.id}@{email.sender.rpartition('@')[2].rstrip('>') or 'on-the-record.invalid'}>"
    letter.set_content(message.text)
    return letter
