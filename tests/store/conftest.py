"""The invented roster for tests of statements."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.store.speaking import ROSTER


@pytest.fixture(scope="module")
def invented_roster() -> Iterator[None]:
    """Speakers are resolved by the invented roster too, and one capture at a time waits for no batch."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARCHIVE_ROSTER", str(ROSTER))
        patch.setattr("archive.store.run.LINGER_SECONDS", 0.0)
        yield
