"""The columns of the roster's CSV files, by file."""

from __future__ import annotations

__all__ = ["COLUMNS", "JURISDICTIONS", "OFFICES", "OVERRIDES", "PEOPLE", "TERMS"]

JURISDICTIONS = ("id", "name", "kind", "state", "geoid", "population", "population_year", "aliases", "origin")
OFFICES = ("id", "title", "level", "holders", "speaker_class", "forms")
PEOPLE = ("id", "name", "given", "family", "aliases", "wikidata", "origin")
TERMS = ("person", "office", "jurisdiction", "start", "end", "start_kind", "end_kind", "seen", "origin")
OVERRIDES = ("day", "person", "office", "jurisdiction", "field", "was", "becomes", "reason", "source")
COLUMNS = {
    "jurisdictions": JURISDICTIONS,
    "offices": OFFICES,
    "people": PEOPLE,
    "terms": TERMS,
    "overrides": OVERRIDES,
}
