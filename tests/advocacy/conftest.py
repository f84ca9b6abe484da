"""A coalition of three organisations, and an outsider."""

from __future__ import annotations

import pytest

from advocacy.coalition import Held, held


@pytest.fixture
def plan(db: None) -> Held:
    return held()
