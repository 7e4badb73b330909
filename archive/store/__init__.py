"""The deep module: everything that touches tables and WARC files, behind `Archive` and `Run`."""

from archive.store.archive import Archive
from archive.store.decisions import Decided, Kind, Unfit
from archive.store.frontier import Wanted
from archive.store.run import Run
from archive.store.runs import RunSummary
from archive.store.verify import Finding

__all__ = ["Archive", "Decided", "Finding", "Kind", "Run", "RunSummary", "Unfit", "Wanted"]
