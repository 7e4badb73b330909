"""A person says that what a held run brought may be believed: it is derived as if it had never been held."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, insert, select, update

from archive import clock
from archive.errors import UnknownRecord, UsageError
from archive.models import CaptureRow, Decision, RunRow, Source
from archive.records import RequestRole, RunOutcome
from archive.store.derived import derive_addresses
from archive.store.engine import writing
from archive.store.guard import addresses_of
from archive.store.listings import note_delistings
from archive.store.runs import cover
from archive.store.speech import Speech
from archive.store.stories import tell_stories

__all__ = ["RELEASE", "Released", "release"]

RELEASE = "release_run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """What the release of a source's held runs came to, or (dry) would come to."""

    source: str
    runs: list[str]
    addresses: int
    new_documents: int
    new_versions: int
    dry_run: bool


def release(engine: Engine, source: str, *, by: str, reason: str, dry_run: bool = False) -> Released:
    """Release all held runs of a source. Raises UnknownRecord where there are none, UsageError without a reason."""
    if not reason.strip() or not by.strip():
        raise UsageError("a decision needs a reason and the name of who made it")
    with writing(engine) as connection:
        held = connection.execute(
            select(RunRow.id, RunRow.started_at).where(RunRow.source_id == source, RunRow.held).order_by(RunRow.id)
        ).all()
        if not held:
            raise UnknownRecord(f"no run of {source!r} is held; look at `archive sources --state quarantined`")
        rehearsal = connection.begin_nested()
        runs = [row.id for row in held]
        connection.execute(update(RunRow).where(RunRow.id.in_(runs)).values(held=False))
        documents, versions, addresses = _derive(connection, source, runs)
        if dry_run:
            rehearsal.rollback()
        else:
            _enter(connection, source, runs, by=by, reason=reason)
    started = [f"{source}@{row.started_at:%Y-%m-%dT%H:%M:%SZ}" for row in held]
    return Released(
        source=source, runs=started, addresses=addresses, new_documents=documents, new_versions=versions,
        dry_run=dry_run,
    )  # fmt: skip


def _derive(connection: Connection, source: str, runs: list[int]) -> tuple[int, int, int]:
    listings = select(CaptureRow.id, CaptureRow.address).where(
        CaptureRow.run_id.in_(runs), CaptureRow.role == RequestRole.LISTING
    )
    touched = addresses_of(connection, runs)
    for capture in connection.execute(listings).all():
        touched |= note_delistings(connection, source, capture.address, capture.id)
    speech = Speech(connection)
    changes = derive_addresses(connection, source, touched, speech)
    storied = tell_stories(connection, changes.restory)
    speech.tell(changes.respeak, stories=storied)
    return len(changes.new_documents), len(changes.new_versions), len(touched)


def _enter(connection: Connection, source: str, runs: list[int], *, by: str, reason: str) -> None:
    now = clock.now()
    started = connection.scalars(select(RunRow.started_at).where(RunRow.id.in_(runs)).order_by(RunRow.id)).all()
    connection.execute(
        insert(Decision).values(
            kind=RELEASE, subject=source, made_at=now, made_by=by, reason=reason, text_digest=None, words=None,
            payload={"runs": [at.isoformat() for at in started]},
        )
    )  # fmt: skip
    told = f"released by {by}: {reason}"
    connection.execute(update(RunRow).where(RunRow.id.in_(runs)).values(outcome=str(RunOutcome.OK), reason=told))
    zone = connection.scalar(select(Source.timezone).where(Source.id == source))
    assert zone is not None, "a run belongs to a source"
    cover(connection, source, zone)
