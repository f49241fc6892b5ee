"""The request to a command: the store to read, the facts that are selected, and the format of the answer."""

import contextlib
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from tajsec.cli.packs import Packs, packs_of
from tajsec.cli.terminal import Environment
from tajsec.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

    from tajsec.model.protocol import SearchableStore
    from tajsec.model.selection import Selection
    from tajsec.output import rich_tables as rich_tables
    from tajsec.store.postgres import PostgresStore


LONG_BUILD = 5000
"""Size of a store (in facts) from which compiling it shows a bar: it takes two seconds or more (docs/scale.md).

A larger store on a server is not copied.
"""


class Server(NamedTuple):
    """The address of a store on a server, and whether it was typed as an option."""

    url: str
    typed: bool


class Request:
    """The options that commands share, as a command reads them."""

    def __init__(
        self,
        names: Sequence[str],
        filters: Mapping[str, Any],
        chosen: str | None,
        format: str,
        environment: Environment,
        fields: Sequence[str] = (),
        rows: str = "facts",
        server: Server | None = None,
    ) -> None:
        """`names` are folders of facts or ids of packs; `chosen` is the format that was asked for.

        `format` is that or the default.

        `fields` are the fields to show of each record; without any, all are shown. `rows` is "facts", or "figures"
        for a row for each figure of a fact. `server` has the store if it is not in folders.
        """
        self._names = names
        self.filters, self.environment, self.fields = filters, environment, fields
        self.chosen, self.format, self.rows = chosen, format, rows
        self.server = server
        self.lasting = False
        """True for a command that asks the store for long: it sees what others write to a server meanwhile."""
        self.notices = list[str]()
        """Lines for stderr, which are shown beside every answer."""

    @functools.cached_property
    def packs(self) -> Packs:
        """The packs that the user named, and those that were found. Raises UsageError if there are too many."""
        return packs_of(self._names, self.environment)

    @functools.cached_property
    def store(self) -> "SearchableStore":
        """The store, opened when it is first read; a bar on stderr shows how far a long compilation is."""
        if self.server:
            return connected(self.server, lasting=self.lasting)
        from tajsec.store.open import open_store

        bars: list[Callable[[int], None]] = []
        with contextlib.ExitStack() as stack:

            def show(count: int) -> None:
                if self.environment.watched and count >= LONG_BUILD and not bars:
                    bars.append(stack.enter_context(rich_tables.counting("facts compiled")))
                for bar in bars:
                    bar(count)

            try:
                return open_store(*self.packs, cache=self.environment.cache, progress=show, notice=self.notices.append)
            except DataError as error:
                raise self.packs.with_way_out(error) from error

    def read_at_hand(self) -> None:
        """Copy a store that is on a server, if it is not large: for a command that asks thousands of questions."""
        if self.server and (found := connected(self.server)).size() <= LONG_BUILD:
            from tajsec.store.local import local_copy

            self.store = local_copy(found)

    @functools.cached_property
    def selection(self) -> "Selection":
        """The facts that meet the filters. Raises UnknownName for a name that the store does not have."""
        if not any(self.filters.values()):
            from tajsec.model.selection import EVERYTHING

            return EVERYTHING
        from tajsec.search.filters import selection

        return selection(self.store, **self.filters, dashes="--")

    @property
    def aliases(self) -> bool:
        """True if `--fields` names the aliases of facts, which their JSON has only then."""
        return any(name.rpartition(".")[2] == "aliases" for name in self.fields)

    def objects(self, numbers: Sequence[int]) -> Sequence[str]:
        """Return the JSON texts of facts by their numbers, with the aliases if `--fields` names these."""
        return self.store.objects(numbers, aliases=self.aliases)

    def data_files(self) -> "Iterator[Path]":
        """Yield the files that the store is made of, which no output may replace."""
        if self.server:
            return
        from tajsec.data.folders import folders_of
        from tajsec.data.read import data_files

        yield from data_files(folders_of(*self.packs))

    def filter_texts(self, between: str) -> list[str]:
        """Return the filters in words, each with its values joined: `actor nato or russia`, `since 2012`."""
        given = ((name, [value] if isinstance(value, str) else value) for name, value in self.filters.items() if value)
        return [f"{name} {between.join(values)}" for name, values in given]

    @property
    def look(self) -> "rich_tables.Look":
        """The width, colours and characters of a table on the terminal, and the day."""
        found = self.environment
        return rich_tables.Look(width=found.width, color=found.color, ascii=found.ascii, today=found.today)


def connected(server: Server, *, writes: bool = False, lasting: bool = False) -> "PostgresStore":
    """Return the store on a server. Raises UsageError, FailingEnvironment."""
    from tajsec.store.postgres import PostgresStore, address_of

    return PostgresStore(address_of(server.url, typed=server.typed), writes=writes, lasting=lasting)


class _RichTables:
    """A proxy of the module `tajsec.output.rich_tables`, which is imported when a name of it is first used.

    So `--json` and plain text do not import Rich.
    """

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        from tajsec.output import rich_tables

        return getattr(rich_tables, name)


if not TYPE_CHECKING:  # mypy checks the calls against the module itself
    rich_tables = _RichTables()
