"""What the tests of checks share: a store with a sealed text."""

from pathlib import Path

import pytest
from sealed import TEXT, seal_text


@pytest.fixture
def sealed(small: Path) -> Path:
    """The small store, with its source sealed from a text that stands beside it."""
    seal_text(small, TEXT)
    return small
