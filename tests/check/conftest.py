"""What the tests of checks share: a store with a sealed text."""

from pathlib import Path

import pytest
from sealed import TEXT

from tajsec.documents.read import text_document
from tajsec.documents.seal import seal


@pytest.fixture
def sealed(small: Path) -> Path:
    """The small store, with its source sealed from a text that stands beside it."""
    record = seal(text_document(TEXT, "paper.txt")).record
    (small / "seeds" / "paper.toml").write_text(
        f'publisher = "P"\nurl = "https://example.org"\nas_of = "2019"\n{record}'
    )
    (small / "paper.txt").write_text(TEXT)
    return small
