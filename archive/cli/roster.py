"""`archive roster check` and `find`: what is doubtful in the roster, and whom a printed name means."""

from __future__ import annotations

from datetime import date

import click

from archive.cli.options import DAY, as_rows
from archive.cli.output import fields, note, print_json, print_table

__all__ = ["roster"]


@click.group()
def roster() -> None:
    """Look at who held which office: check the data, or resolve a printed name."""


@roster.command()
@click.option("--date", "day", type=DAY, help="The day by which terms can have become stale; default today.")
@click.option(
    "--stale", is_flag=True, help="Also list terms whose planned end has passed, with nobody known to follow."
)
@as_rows
def check(*, day: date | None, stale: bool, as_json: bool) -> int:
    """List gaps and overlaps in terms and whatever else is wrong; exit status 2 where something wants mending."""
    from archive.roster import load_roster

    found = sorted(load_roster().problems(day or date.today()), key=lambda each: (each.level != "error", each.kind))
    errors = sum(each.level == "error" for each in found)
    shown = [each for each in found if stale or each.kind != "stale"]
    if as_json:
        for problem in shown:
            print_json(fields(problem))
    else:
        print_table(shown, ("level", "kind", "about", "words", "at"), empty="nothing to mend")
    note(f"{errors} to mend, {len(shown) - errors} to know of, {len(found) - len(shown)} stale ends (--stale)")
    return 2 if errors else 0


@roster.command()
@click.argument("name")
@click.option("--date", "day", type=DAY, help="The day of the document; default today.")
@click.option("--role", help="What the document prints beside the name: mayor, Gov., police chief.")
@click.option("--place", help="The place it prints: Chicago, Springfield, Ill.")
@click.option("--source-jurisdiction", "jurisdiction", help="The division id that the publisher speaks for.")
@as_rows
def find(
    *, name: str, day: date | None, role: str | None, place: str | None, jurisdiction: str | None, as_json: bool
) -> None:
    """Resolve NAME as a document of that day would print it; else list the people whom it may mean."""
    from archive.roster import Printed, Setting, load_roster

    data = load_roster()
    setting = Setting(on=day or date.today(), jurisdiction=jurisdiction)
    found = data.resolve(Printed(name=name, role=role, place=place), setting)
    if as_json:
        print_json(fields(found))
        return
    print_table([found], ("name", "person", "speaker_class", "office", "office_basis", "jurisdiction_name"), empty="")
    if found.reason:
        note(found.reason)
    people = data.find(name)
    terms = [term for person in people for term in data.terms_of(person.id)]
    print_table(
        terms, ("person", "office", "jurisdiction", "start", "end", "end_kind"), empty=f"the roster knows no {name}"
    )
