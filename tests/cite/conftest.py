"""What the tests of citations share."""

from pathlib import Path

import pytest
from offline import write

from tajsec.cite.citation import Citation, citations
from tajsec.model.protocol import Store
from tajsec.store.open import open_store


@pytest.fixture(scope="session")
def every(store: Store) -> list:
    """The citations of every fact."""
    return citations(store, store.facts())


@pytest.fixture(scope="session")
def unlinked(tmp_path_factory: pytest.TempPathFactory, write_small: object) -> dict[str, Citation]:
    """A citation of each document without a web address, by the id of the document."""
    folder: Path = write(write_small(tmp_path_factory.mktemp("offline")))  # type: ignore[operator]
    store = open_store([folder])
    return {each.source.id: each for each in citations(store, store.facts()) if each.source.url is None}
