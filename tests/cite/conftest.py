"""What the tests of citations share."""

import pytest

from tajsec.cite.citation import citations
from tajsec.model.protocol import Store


@pytest.fixture(scope="session")
def every(store: Store) -> list:
    """The citations of every fact."""
    return citations(store, store.facts())
