"""The API does what its OpenAPI document says, whatever it is asked: schemathesis asks, over real HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.specs.openapi.checks import positive_data_acceptance

from archive.web import api, openapi
from tests.web.alder import RETIRED, RETIRED_FOR_NOTHING, RETIRED_STATEMENT
from tests.web.alder import alder as alder
from tests.web.alder import client as client
from tests.web.alder import served as served

SCHEMA = schemathesis.openapi.from_dict(openapi.document())
UNHURRIED = {"deadline": None, "suppress_health_check": list(HealthCheck)}


def ask(case: Case, served: str) -> None:
    """All checks of schemathesis; what no schema can tell to be wrong may be refused."""
    excluded = [positive_data_acceptance] if is_contrary(case.query) else []
    case.call_and_validate(base_url=served + api.BASE, excluded_checks=excluded)


def is_contrary(asked: Mapping[str, Any]) -> bool:
    """Days in the wrong order, a speaker or kind of documents, more buckets than anybody reads."""
    since, until = (asked.get(name) for name in ("since", "until"))
    crossed = isinstance(since, str) and isinstance(until, str) and until < since
    return crossed or (asked.get("in") == "documents" and bool({"speaker", "kind"} & set(asked))) or "period" in asked


@SCHEMA.parametrize()
@settings(max_examples=8, **UNHURRIED)
def test_every_operation_answers_as_documented(case: Case, served: str) -> None:
    """No 5xx, no status, type, header or field that the document does not have, and nothing wrong is accepted."""
    ask(case, served)


@pytest.mark.slow
@SCHEMA.parametrize()
@settings(max_examples=300, **UNHURRIED)
def test_every_operation_answers_as_documented_for_long(case: Case, served: str) -> None:
    """The same with many more questions."""
    ask(case, served)


def test_records_are_as_documented(client: httpx.Client, served: str) -> None:
    """Every statement, document, speaker, place and retired id of the archive, with the schemas of their answers."""
    asked = 0
    for path, ids in real_ids(client).items():
        for written in ids:
            case = SCHEMA[path]["GET"].Case(path_parameters={path.partition("{")[2].partition("}")[0]: written})
            case.call_and_validate(base_url=served + api.BASE)
            asked += 1
    assert asked > 30


def real_ids(client: httpx.Client) -> dict[str, list[str]]:
    """What may stand in the braces of each path."""
    said = client.get("/api/v1/statements").json()["items"]
    hits = client.get("/api/v1/documents").json()["items"]
    documents = [*(hit["document"] for hit in hits), *(hit["version"] for hit in hits), RETIRED, RETIRED_FOR_NOTHING]
    return {
        "/statements/{id}": [*(each["statement"] for each in said), RETIRED_STATEMENT, said[0]["statement"][:8]],
        "/documents/{id}": [*documents, f"{documents[0]}@2026-01-06", f"{documents[0]}@1999-01-06"],
        "/documents/{id}/versions": documents,
        "/documents/{id}/diff": documents,
        "/speakers/{id}": [each["speaker_id"] for each in said],
        "/places/{division}": sorted({each["jurisdiction"] for each in said if each["jurisdiction"]}),
    }


def test_the_document_is_served(client: httpx.Client) -> None:
    """`/api/v1/openapi.json` is the document that the checks above are made with."""
    assert client.get("/api/v1/openapi.json").json() == openapi.document()
