"""A store for several threads: SQLite's connections belong to the thread that made them, so each thread has its own."""

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from tajsec.errors import Damaged
from tajsec.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from tajsec.protocol import SearchableStore

T = TypeVar("T")


class ThreadedStore:
    """The shipped store with packs, opened once in each thread that asks it."""

    def __init__(self, packs: "Sequence[Path]", *, cache: str | None) -> None:
        """`cache` is the folder for compiled stores; without one, each thread compiles its own."""
        self._packs, self._cache = packs, cache
        self._own = threading.local()

    def ask(self, question: "Callable[[SearchableStore], T]") -> T:
        """Ask this thread's store; one that turns out to be damaged is compiled again, and asked again.

        Raises DataError and UsageError if the store cannot be opened.
        """
        try:
            return question(self._store())
        except Damaged as error:
            from tajsec.cache import forget

            forget(error.path)
            self._own.store = open_store(self._packs)
            return question(self._own.store)

    def _store(self) -> "SearchableStore":
        if not hasattr(self._own, "store"):
            self._own.store = open_store(self._packs, cache=self._cache)
        found: SearchableStore = self._own.store
        return found
