"""Databases for rows: each a new one, which holds the small store, on a server that the first such row starts."""

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Lock

from servers import Server, started

from hostile.builders import pack


class Databases:
    """The server of a run, if a row needs one."""

    def __init__(self, command: Path, aside: Path) -> None:
        """`command` makes the small store; `aside` is a folder for its pack."""
        self._command, self._pack = command, aside / "mine"
        self._server: Server | None = None
        self._lock, self._stack = Lock(), ExitStack()

    def __enter__(self) -> "Databases":
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @contextmanager
    def new(self, sql: str) -> Iterator[str]:
        """Yield the address of a new database with the small store, in which statements were run."""
        with self._lock:
            server = self._server = self._server or self._started()
            url = server.new_database("small")
        name = url.partition("@/")[2].partition("?")[0]
        try:
            if sql:
                server.sql(f"SET search_path = tajsec; {sql}", name)
            yield url
        finally:
            with self._lock:
                server.sql(f"DROP DATABASE {name} WITH (FORCE)")

    def _started(self) -> Server:
        server = self._stack.enter_context(started())
        server.sql("CREATE DATABASE small")
        pack(self._pack)
        for line in (["init"], ["load", str(self._pack)]):
            command = [self._command, "store", *line, "--store", server.url("small")]
            subprocess.run(command, check=True, capture_output=True)
        return server
