"""One record packed for an editor or a lawyer, so that it can be opened and checked without this program."""

from archive.evidence.packing import Evidence, pack

__all__ = ["Evidence", "pack"]
