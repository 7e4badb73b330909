"""`archive decide`: what a person decides about speakers and statements, kept for ever and applied by every rebuild."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from archive.cli.options import as_rows, database, opened
from archive.cli.output import counted_as, note, plain, print_json, print_table
from archive.errors import UnknownRecord

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from archive.store.decisions import Decided
    from archive.store.rehearsing import Standing

__all__ = ["decide"]

Command = TypeVar("Command", bound=Callable[..., Any])
SHOWN = 100  # characters of a statement's words


def _signed(command: Command) -> Command:
    for option in (
        database,
        as_rows,
        click.option("--dry-run", is_flag=True, help="Enter nothing; show what would change."),
        click.option("--by", default=getpass.getuser, show_default="your user name", help="Who decides."),
        click.option("--reason", required=True, help="Why; kept with the decision."),
    ):
        command = option(command)
    return command


@click.group()
def decide() -> None:
    """Merge or split persons and statements, correct a speaker, mark what was checked, and list decisions.

    APPEARANCE is one as `archive trace` prints it, ID@TIME#START-END.
    """


@decide.command("merge-persons")
@click.argument("speaker")
@click.argument("into")
@_signed
def merge_persons(speaker: str, into: str, **given: Any) -> None:
    """Say that SPEAKER is the same person as INTO: names, or ids as `archive person` prints them."""
    _enter(
        "merge_persons",
        given,
        lambda connection: (_speaker(connection, speaker), {"into": _speaker(connection, into)}),
    )


@decide.command("split-persons")
@click.argument("speaker")
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
@_signed
def split_persons(speaker: str, documents: tuple[str, ...], **given: Any) -> None:
    """Say that in these documents SPEAKER is another person of the same name."""
    _enter(
        "split_persons",
        given,
        lambda connection: (
            _speaker(connection, speaker),
            {"documents": [_document(connection, each) for each in documents]},
        ),
    )


@decide.command("merge-statements")
@click.argument("statement")
@click.argument("other")
@_signed
def merge_statements(statement: str, other: str, **given: Any) -> None:
    """Say that two statements of one speaker are one utterance."""
    _enter(
        "merge_statements",
        given,
        lambda connection: (_statement(connection, statement), {"with_": _statement(connection, other)}),
    )


@decide.command("split-statement")
@click.argument("statement")
@click.argument("places", nargs=-1, metavar="[APPEARANCE|DOCUMENT]...")
@click.option("--words", help="What shall stand apart, as a document has it.")
@_signed
def split_statement(statement: str, places: tuple[str, ...], *, words: str | None, **given: Any) -> None:
    """Say that these appearances, what these documents carry, or these words are another utterance than the rest."""
    from archive.query import is_appearance

    def named(connection: Connection) -> tuple[str, dict[str, Any]]:
        cited = [_appearance(connection, each)[:2] for each in places if is_appearance(each)]
        documents = [_document(connection, each) for each in places if not is_appearance(each)]
        return _statement(connection, statement), {
            "words": words, "documents": documents or None, "appearances": cited,
        }  # fmt: skip

    _enter("split_statement", given, named)


@decide.command("correct-speaker")
@click.argument("place", metavar="APPEARANCE|DOCUMENT")
@click.option("--words", help="Of a document: the quotation, as the document has it.")
@click.option("--speaker", help="Whose words they are: a full name, or an id of a speaker or of the roster.")
@click.option("--nobody", is_flag=True, help="Nobody can be named.")
@click.option("--role", help="The role of a speaker given by name, as `Mayor`.")
@click.option("--place", "where", help="The place of that role.")
@_signed
def correct_speaker(
    place: str, *, words: str | None, speaker: str | None, nobody: bool, role: str | None, where: str | None,
    **given: Any,
) -> None:  # fmt: skip
    """Say whose a quotation is."""
    if bool(speaker) == nobody:
        raise click.UsageError("name one of --speaker and --nobody")

    def named(connection: Connection) -> tuple[str, dict[str, Any]]:
        subject, anchor = _quotation(connection, place, words)
        return subject, {**anchor, "speaker": None, "role": role, "place": where, **_whose(connection, speaker)}

    _enter("correct_speaker", given, named)


@decide.command()
@click.argument("id_", metavar="STATEMENT|APPEARANCE|DOCUMENT")
@click.option("--words", help="Of a document: the quotation that was checked, as the document has it.")
@_signed
def check(id_: str, *, words: str | None, **given: Any) -> None:
    """Say that a person has checked a statement, or one quotation, and found it right."""
    from archive.query import is_appearance

    def named(connection: Connection) -> tuple[str, dict[str, Any]]:
        if words or is_appearance(id_):
            return _quotation(connection, id_, words)
        return _statement(connection, id_), {}

    _enter("checked", given, named)


@decide.command("list")
@click.option("--unfit", is_flag=True, help="Only those whose words are no quotation of their document any more.")
@as_rows
@database
def list_(*, unfit: bool, as_json: bool, database: str | None) -> None:
    """List what was decided about speakers and statements, oldest first."""
    from archive import query

    with opened(database) as archive:
        if unfit:
            rows: list[Any] = list(archive.unfit_decisions())
        else:
            with archive.read() as connection:
                rows = query.decisions(connection)
    if as_json:
        for row in rows:
            print_json(row)
        return
    columns = ["decision", "kind", "subject", *(["why"] if unfit else ["to"]), "made_at", "made_by", "reason"]
    print_table(rows, columns, empty="no decision does not fit" if unfit else "nothing was decided yet")
    if not unfit and rows:
        note("`archive decide list --unfit` shows those that are not applied any more")


@decide.command("release-run")
@click.argument("source")
@_signed
def release_run(source: str, *, by: str, reason: str, dry_run: bool, as_json: bool, database: str | None) -> None:
    """Believe what the held runs of SOURCE brought: its site was rebuilt, and its texts are read as they should be."""
    with opened(database) as archive:
        released = archive.release(source, by=by, reason=reason, dry_run=dry_run)
    if as_json:
        print_json(released)
        return
    came = f"{counted_as(released.new_documents, 'new document')}, {counted_as(released.new_versions, 'new version')}"
    verb = "would bring" if dry_run else "brought"
    click.echo(f"{counted_as(len(released.runs), 'run')} of {source} released, which {verb} {came}")
    if dry_run:
        note("nothing was entered")


def _enter(kind: str, given: dict[str, Any], named: Callable[[Connection], tuple[str, dict[str, Any]]]) -> None:
    """Enter a decision whose subject, and what else it names, are looked up by what the person wrote."""
    as_json = given.pop("as_json")
    with opened(given.pop("database")) as archive:
        with archive.read() as connection:
            subject, names = named(connection)
        made = archive.decide(kind=kind, subject=subject, **given, **names)
    if as_json:
        print_json(made)
    elif given["dry_run"]:
        _print_changes(made)
    else:
        click.echo(f"decision {made.decision} entered; it touches {counted_as(made.documents, 'document')}")


def _print_changes(made: Decided) -> None:
    for each in made.changes:
        click.echo(click.style(each.statement, fg="yellow"))
        click.echo(f"    is       {_standing(each.before)}")
        click.echo(f"    becomes  {_standing(each.after)}")
    changed = counted_as(len(made.changes), "statement")
    note(f"{changed} in {counted_as(made.documents, 'document')} would change; nothing was entered")


def _standing(standing: Standing | None) -> str:
    if standing is None:
        return "no statement"
    words = " ".join(plain(standing.words).split())
    shown = words if len(words) <= SHOWN else f"{words[:SHOWN]}..."
    office = f", {standing.office.replace('_', ' ')}" if standing.office else ""
    checked = ", checked" if standing.checked else ""
    carried = f"{counted_as(standing.stories, 'story')}, {counted_as(standing.documents, 'document')}{checked}"
    return f"{plain(standing.name)}{office} ({standing.speaker}): {shown} [{carried}]"


def _speaker(connection: Connection, written: str) -> str:
    from archive.query import find_speaker

    row = find_speaker(connection, written)
    if row is None:
        raise UnknownRecord(f"nobody called {written!r} is quoted here; `archive person NAME` prints ids")
    return str(row.public_id)


def _whose(connection: Connection, written: str | None) -> dict[str, Any]:
    """What says whose words these are: a person of the roster, or a name, with role and place where they are known."""
    from archive.query import speaker_of_id
    from archive.roster import load_roster

    if written is None:
        return {}
    if written in load_roster().people:
        return {"person": written}
    known = speaker_of_id(connection, written)
    if known is None and " " not in written.strip():
        raise UnknownRecord(f"{written!r} is neither a full name nor the id of a speaker or of a person of the roster")
    if known is None:
        return {"speaker": written}
    if known.person:
        return {"person": known.person}
    told = {"speaker": known.name, "role": known.role, "place": known.place or known.jurisdiction_name}
    return {name: value for name, value in told.items() if value}


def _statement(connection: Connection, written: str) -> str:
    from archive.query import find_statement

    return find_statement(connection, written)


def _document(connection: Connection, written: str) -> str:
    from archive.query import find_document

    return find_document(connection, written).id


def _appearance(connection: Connection, written: str) -> tuple[str, str, int]:
    from archive.query import find_appearance

    spot = find_appearance(connection, written)
    return spot.document, spot.words, spot.start


def _quotation(connection: Connection, written: str, words: str | None) -> tuple[str, dict[str, Any]]:
    """The document of a quotation, and what tells it from the others there."""
    from archive.query import is_appearance

    if is_appearance(written):
        document, said, start = _appearance(connection, written)
        return document, {"words": said, "start": start}
    if not words:
        raise click.UsageError("write an appearance, ID@TIME#START-END, or a document and --words")
    return _document(connection, written), {"words": words}
