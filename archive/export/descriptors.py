"""What programs read of an export: `datapackage.json` (Data Package v2) and `croissant.json` (Croissant 1.1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from archive.export.columns import Column, Reference, Table
from archive.export.formats import FORMATS
from archive.export.told import NAME, Told

__all__ = ["OWN", "croissant", "datapackage"]

# What Data Package has no property for stands under this name.
OWN = "onTheRecord"
_PROFILES = "https://datapackage.org/profiles/2.0"
_DESCRIPTION = (
    "What public officials said: documents, every version of their texts, and each statement with its speaker, the "
    "office held that day, and every appearance, traced to the captures it was read from."
)
_CROISSANT_TYPES = {
    "string": "sc:Text", "integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean", "date": "sc:Date",
    "datetime": "sc:DateTime",
}  # fmt: skip


def datapackage(told: Told) -> bytes:
    """The Data Package descriptor: a resource for each table in each format, with its schema, and the facts."""
    said = {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": NAME,
        "title": "On the Record",
        "description": _DESCRIPTION,
        "version": told.version,
        "licenses": [{"name": "other", "title": "Rights per row: see README.md"}],
        "contributors": [{"title": "On the Record", "roles": ["creator"]}],
        "resources": list(_resources(told)),
        OWN: {
            "formats": list(told.formats), "raw_csv": told.raw_csv, "delta": told.delta, "facts": told.facts,
        },
    }  # fmt: skip
    return _json(said)


def _resources(told: Told) -> Iterator[dict[str, Any]]:
    for number, name in enumerate(told.formats):
        form = FORMATS[name]
        for table in told.tables:
            file = form.file(table.name)
            digest, size = told.files[file]
            suffix = f"-{name}" if number else ""
            common: dict[str, Any] = {
                "path": file, "format": "ndjson" if name == "jsonl" else name, "mediatype": form.media_type,
                "encoding": "utf-8", "hash": f"sha256:{digest}",
            }  # fmt: skip
            if name != "parquet":  # frictionless counts no bytes there, and takes that for a difference
                common["bytes"] = size
            if form.one_file:
                yield {"name": "dataset-sqlite", "title": "All tables as one database", **common,
                       "tables": [_inner(each, told) for each in told.tables]}  # fmt: skip
                break
            yield {
                "name": f"{table.name}{suffix}", "title": table.name, "description": table.description,
                "$schema": f"{_PROFILES}/dataresource.json", "type": "table", **common, "rows": told.rows[table.name],
                "schema": _schema(table, told, suffix),
            }  # fmt: skip


def _inner(table: Table, told: Told) -> dict[str, Any]:
    """A table of a file that holds all of them."""
    return {"title": table.name, "rows": told.rows[table.name], "schema": _schema(table, told, "")}


def _schema(table: Table, told: Told, suffix: str) -> dict[str, Any]:
    said: dict[str, Any] = {
        "$schema": f"{_PROFILES}/tableschema.json", "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
    }  # fmt: skip
    if table.unique:
        said["primaryKey"] = list(table.key)
    there = {each.name for each in told.tables}
    # What a delta refers to may stand in the export that it is applied to.
    if table.references and not told.delta:
        said["foreignKeys"] = [_foreign(each, table, suffix) for each in table.references if each.table in there]
    return said


def _field(column: Column) -> dict[str, Any]:
    limits: dict[str, Any] = {"required": True} if column.missing is None else {}
    if column.values:
        limits["enum"] = list(column.values)
    more = {"unit": column.unit, "missing": column.missing}
    return {
        "name": column.name, "type": column.type, "description": column.description,
        **({"constraints": limits} if limits else {}), "basis": column.basis, "since": column.since,
        **{key: value for key, value in more.items() if value is not None},
    }  # fmt: skip


def _foreign(reference: Reference, table: Table, suffix: str) -> dict[str, Any]:
    to = "" if reference.table == table.name else f"{reference.table}{suffix}"
    return {"fields": [reference.name], "reference": {"resource": to, "fields": [reference.column]}}


def croissant(told: Told) -> bytes:
    """The Croissant descriptor: every file, and a record set for each table in the format that keeps types best."""
    said = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": NAME,
        "description": _DESCRIPTION,
        "version": f"1.0.0+{told.version}",
        "license": "https://choosealicense.com/licenses/other/",
        "url": "https://example.org/on-the-record",
        "creator": {"@type": "sc:Organization", "name": "On the Record"},
        "citeAs": "see CITATION.cff",
        "distribution": [_file_object(name, told) for name in sorted(told.files)],
        "recordSet": [_record_set(table, told.typed) for table in told.tables] if told.typed else [],
    }
    last = told.facts["last_capture"]
    return _json({**said, "datePublished": last[:10]} if last else said)


def _file_object(name: str, told: Told) -> dict[str, Any]:
    digest, size = told.files[name]
    form = next(form for form in FORMATS.values() if name.endswith(form.ending))
    return {
        "@type": "cr:FileObject", "@id": name, "name": name, "contentUrl": name, "contentSize": f"{size} B",
        "encodingFormat": _ENCODINGS.get(form.ending, form.media_type), "sha256": digest,
    }  # fmt: skip


def _record_set(table: Table, typed: str) -> dict[str, Any]:
    file = FORMATS[typed].file(table.name)
    return {
        "@type": "cr:RecordSet", "@id": table.name, "name": table.name, "description": table.description,
        **({"key": [{"@id": f"{table.name}/{name}"} for name in table.key]} if table.unique else {}),
        "field": [
            {
                "@type": "cr:Field", "@id": f"{table.name}/{column.name}", "name": column.name,
                "description": column.description, "dataType": _CROISSANT_TYPES[column.type],
                "source": {"fileObject": {"@id": file}, "extract": {"column": column.name}},
            }
            for column in table.columns
        ],
    }  # fmt: skip


# As Croissant's readers know them.
_ENCODINGS = {".parquet": "application/x-parquet", ".jsonl.gz": "application/jsonlines"}
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "description": {"@container": "@language"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "name": {"@container": "@language"},
    **{
        name: f"cr:{name}"
        for name in (
            "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field", "fileProperty",
            "fileObject", "fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5",
            "parentField", "path", "recordSet", "references", "regex", "repeated", "replace", "samplingRate",
            "separator", "source", "subField", "transform",
        )
    },
}  # fmt: skip


def _json(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
