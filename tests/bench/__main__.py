"""`python -m tests.bench [NAME]`: measure and print what `--help` lists; without a name, everything quick."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from tests.bench.busy import busy_report
from tests.bench.crawl import crawl_rows, material, ratios
from tests.bench.due import due_report
from tests.bench.export import WRITERS, export_report
from tests.bench.listings import TO_REACH, listings_report
from tests.bench.originals import bench_data
from tests.bench.quotations import quotations_report
from tests.bench.search import search_report
from tests.bench.systems import told
from tests.bench.versions import versions_report
from tests.bench.walls import walls_report

TARGETS = {"project_to_in_reactor": 2.2, "recrawl_to_first": 5.0}


@click.group(invoke_without_command=True)
@click.option("--work", type=click.Path(path_type=Path), default=Path("bench-work"), show_default=True)
@click.pass_context
def main(context: click.Context, work: Path) -> None:
    """Measure. BENCH_DATA=DIR names the folder of real pages; without it the pages are invented ones."""
    context.obj = work
    if context.invoked_subcommand is None:
        context.invoke(crawl)
        context.invoke(walls)
        if bench_data():
            context.invoke(versions)
            context.invoke(quotations)
            context.invoke(listings)
        else:
            click.echo("left out: versions, quotations, listings (need BENCH_DATA=DIR)", err=True)


@main.command()
@click.option("--pages", default=5_000, show_default=True, help="Of the site that is crawled.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def crawl(work: Path, pages: int, as_json: bool) -> None:
    """Speed, CPU and memory of a crawl, beside Scrapy alone and Scrapy with extraction in the reactor."""
    rows = []
    for row in crawl_rows(work, pages):
        click.echo(f"{row.variant}: {row.per_second:.1f} pages/s", err=True)
        rows.append(row)
    figures: dict[str, Any] = {
        "material": material(),
        "rows": [row.as_json() for row in rows],
        "ratios": ratios(rows),
        "targets": TARGETS,
    }
    if as_json:
        click.echo(json.dumps(figures, indent=1))
        return
    table = Table(title=f"{pages} pages: {material()}")
    for column in figures["rows"][0]:
        table.add_column(column.replace("_", " "), justify="left" if column in ("variant", "note") else "right")
    for shown in figures["rows"]:
        table.add_row(*map(str, shown.values()))
    Console(width=180).print(table)
    for name, value in figures["ratios"].items():
        click.echo(f"{name}: {value}" + (f" (to reach: {TARGETS[name]})" if name in TARGETS else ""))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def versions(work: Path, as_json: bool) -> None:
    """Versions born of one edit and many noisy captures; needs BENCH_DATA."""
    folder = bench_data()
    if folder is None:
        raise click.UsageError("the pairs are not part of the project; set BENCH_DATA to their folder")
    report = versions_report(work, folder)
    if as_json:
        click.echo(json.dumps(report, indent=1))
        return
    for name, figures in report.items():
        click.echo(f"{name}: " + "; ".join(f"{key.replace('_', ' ')} {value}" for key, value in figures.items()))


@main.command()
def quotations() -> None:
    """Quotations, speakers and offices against annotated texts, as one JSON object; needs BENCH_DATA."""
    folder = bench_data()
    if folder is None:
        raise click.UsageError("the annotated texts are not part of the project; set BENCH_DATA to their folder")
    click.echo(json.dumps(quotations_report(folder), indent=1))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def walls(as_json: bool) -> None:
    """Walls, "not found" pages and shells refused, and good pages refused; without BENCH_DATA only pages of ours."""
    report = walls_report(bench_data())
    if as_json:
        click.echo(json.dumps(report, indent=1, ensure_ascii=False))
        return
    for name, figures in report.items():
        click.echo(
            f"{name}: " + "; ".join(f"{key.replace('_', ' ')} {value}" for key, value in figures.items() if value)
        )


@main.command()
@click.option("--misses", is_flag=True, help="Print the addresses that were missed or wrongly taken.")
def listings(misses: bool) -> None:
    """Documents that real listings show: recall and precision, each and together; needs BENCH_DATA."""
    folder = bench_data()
    if folder is None:
        raise click.UsageError("the listings are not part of the project; set BENCH_DATA to their folder")
    for name, figures in listings_report(folder).items():
        click.echo(
            f"{figures.recall:.3f} {figures.precision:.3f}  {figures.right} of {figures.shown} shown, "
            f"{figures.found} found  {figures.strategy} {name}"
        )
        for kind, urls in (("missed", figures.missed), ("wrong", figures.wrong)) if misses else ():
            click.echo("".join(f"    {kind} {url}\n" for url in urls), nl=False)
    click.echo(", ".join(f"{name} {least}" for name, least in TO_REACH.items()) + " to reach")


@main.command()
@click.option("--half", type=click.Choice(["tune", "test"]), help="Of this half only.")
@click.option("--wrong", is_flag=True, help="Name what was told wrong.")
def systems(*, half: str | None, wrong: bool) -> None:
    """Systems of sites told from real pages; needs BENCH_DATA."""
    folder = bench_data()
    if folder is None:
        raise click.UsageError("the pages are not part of the project; set BENCH_DATA to their folder")
    found = [each for each in told(folder) if half in (None, each.half)]
    for name in ("tune", "test"):
        mine = [each for each in found if each.half == name]
        if mine:
            right = sum(each.right for each in mine)
            click.echo(f"{name}: {right} of {len(mine)} right, {right / len(mine):.3f}")
    for each in found if wrong else ():
        if not each.right:
            click.echo(f"    {each.label} told as {each.found}: {each.url}")


@main.command()
def due() -> None:
    """Memory, fairness and manners of `archive crawl --due` over emulated sources, as one JSON object."""
    click.echo(json.dumps(due_report(), indent=1))


@main.command()
@click.option("--documents", default=100_000, show_default=True, help="Of the archive that is exported.")
@click.option("--writer", "writers", multiple=True, type=click.Choice(WRITERS[2:]), help="Only these beside the two.")
@click.pass_obj
def export(work: Path, documents: int, writers: tuple[str, ...]) -> None:
    """Rows per second and memory of exports, beside a `yield_per` CSV writer, as one JSON object."""
    click.echo(json.dumps(export_report(work, documents, writers), indent=1))


@main.command()
@click.option("--documents", default=100_000, show_default=True, help="In the archive that is asked.")
@click.option("--questions", default=400, show_default=True)
@click.pass_obj
def search(work: Path, documents: int, questions: int) -> None:
    """Milliseconds of searches, facets and timelines on SQLite, as one JSON object; a million takes minutes to load."""
    work.mkdir(parents=True, exist_ok=True)
    report = search_report(work, documents, questions, lambda words: click.echo(words, err=True))
    click.echo(json.dumps(report, indent=1))


@main.command()
@click.option("--minutes", default=1.0, show_default=True)
@click.option("--database", metavar="URL", help="An empty database of another kind than SQLite.")
@click.pass_obj
def busy(work: Path, minutes: float, database: str | None) -> None:
    """Milliseconds of searches while a crawl and an export run beside the web page, as one JSON object."""
    work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=work.absolute()) as folder:
        click.echo(json.dumps(busy_report(Path(folder), minutes * 60, database), indent=1))


@main.command()
@click.option("--presses", default=40, show_default=True)
@click.option("--days", default=365, show_default=True)
def year(presses: int, days: int) -> None:
    """A simulated year; `python -m tests.year --help` has more of its options. Takes half an hour."""
    from tests.year.__main__ import main as live_through

    live_through(["--presses", str(presses), "--days", str(days), "--hours", "24"], standalone_mode=False)


if __name__ == "__main__":
    main()
