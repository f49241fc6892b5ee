"""What a command is asked: the data to look in, the facts that are meant, and the format of the answer."""

import contextlib
import functools
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tajsec.cli.terminal import Environment

if TYPE_CHECKING:
    from pathlib import Path

    from tajsec.model.protocol import SearchableStore
    from tajsec.model.selection import Selection
    from tajsec.output.rich_tables import Look


LONG_BUILD = 5000
"""Facts from which somebody who waits for a store to be compiled is shown how far it is."""


class Request:
    """What every command is given: the data to look in, the facts that are meant, and the form of the answer."""

    def __init__(
        self,
        packs: "Sequence[Path]",
        filters: Mapping[str, Any],
        form: str,
        environment: Environment,
        fields: Sequence[str] = (),
    ) -> None:
        """`form` is one of the formats, such as json; of each record the `fields` are shown, if any are named."""
        self.packs, self.filters, self.format, self.environment = packs, filters, form, environment
        self.fields = fields

    @functools.cached_property
    def store(self) -> "SearchableStore":
        """The store, read when it is first asked for."""
        from tajsec.store.open import open_store

        bars: list[Callable[[int], None]] = []
        with contextlib.ExitStack() as stack:

            def tell(count: int) -> None:
                if self.environment.watched and count >= LONG_BUILD and not bars:
                    bars.append(stack.enter_context(tables().counting("facts compiled")))
                for bar in bars:
                    bar(count)

            return open_store(self.packs, cache=self.environment.cache, progress=tell)

    @functools.cached_property
    def selection(self) -> "Selection":
        """The facts that the filters take. Raises UnknownName for a name that the store does not hold."""
        if not any(self.filters.values()):
            from tajsec.model.selection import EVERYTHING

            return EVERYTHING
        from tajsec.store.filters import selection

        return selection(self.store, **self.filters, dashes="--")

    @property
    def look(self) -> "Look":
        """How the terminal shows a table."""
        from tajsec.output.rich_tables import Look

        return Look(width=self.environment.width, color=self.environment.color, ascii=self.environment.ascii)


def tables() -> Any:  # noqa: ANN401
    """Give the module that draws tables; Rich is imported when a table is drawn."""
    from tajsec.output import rich_tables

    return rich_tables
