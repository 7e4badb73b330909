"""The API does what its OpenAPI document says, whatever it is asked: schemathesis asks, over real HTTP."""

from __future__ import annotations

import schemathesis
from hypothesis import settings
from schemathesis import Case

from archive.web import api, openapi
from tests.web.alder import alder as alder
from tests.web.alder import served as served

SCHEMA = schemathesis.openapi.from_dict(openapi.document())


@SCHEMA.parametrize()
@settings(max_examples=20, deadline=None)
def test_x(case: Case, served: str) -> None:
    case.call_and_validate(base_url=served + api.BASE)
