"""A PostgreSQL server of the tests' own: made in a temporary folder, reached by a Unix socket, gone at the end."""

import contextlib
import getpass
import os
import queue
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tajsec.model.records import Contents

PROGRAMS = [Path("/usr/bin"), *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
"""Where Debian puts the programs of the server; those of the newest version are taken."""


def programs() -> Path | None:
    """Return the folder of the programs of PostgreSQL, or None if it is not installed."""
    found = [folder for folder in PROGRAMS if (folder / "initdb").exists() and (folder / "pg_ctl").exists()]
    return found[0] if found else None


def _as_user(command: Sequence[str]) -> list[str]:
    """Return a command as one of the user `postgres` if this is root, which the server refuses."""
    return [*(["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []), *command]


class Server:
    """A running server, whose socket is in its folder."""

    def __init__(self, folder: Path, bin_folder: Path, port: int = 5432) -> None:
        self.folder, self.bin, self.port = folder, bin_folder, port
        self.databases = 0
        self.user = "postgres" if os.geteuid() == 0 else getpass.getuser()

    def start(self, *options: str) -> None:
        """Start it; it listens on its socket, and with `port` on loopback."""
        settings = f"-k {self.folder} -p {self.port} {' '.join(options) or '-h '}"
        self._control("start", "-w", "-l", str(self.folder / "log"), "-o", settings)

    def stop(self, how: str = "immediate") -> None:
        """Stop it: `immediate` is as if it were killed."""
        self._control("stop", "-m", how)

    def _control(self, *arguments: str) -> None:
        command = [str(self.bin / "pg_ctl"), "-D", str(self.folder / "data"), *arguments]
        subprocess.run(_as_user(command), check=True, capture_output=True, cwd="/")

    def url(self, database: str = "postgres", user: str | None = None) -> str:
        """Return the address of a database."""
        return f"postgresql://{user or self.user}@/{database}?host={self.folder}&port={self.port}"

    def sql(self, script: str, database: str = "postgres") -> str:
        """Run a script as the superuser, and return what it printed."""
        command = ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", self.url(database), "-c", script]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    @property
    def socket(self) -> Path:
        """The path of its socket."""
        return self.folder / f".s.PGSQL.{self.port}"

    @contextmanager
    def with_passwords(self) -> Iterator[int]:
        """Yield a port on loopback on which roles need their passwords, while the server listens there."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            port: int = free.getsockname()[1]
        rules = self.folder / "data" / "pg_hba.conf"
        before = rules.read_text()
        rules.write_text("local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n")
        other = Server(self.folder, self.bin, port)
        self.stop("fast")
        other.start("-h", "127.0.0.1", "-F")
        try:
            yield port
        finally:
            other.stop("fast")
            rules.write_text(before)
            self.start("-h", "''", "-F")

    def new_database(self, like: str = "template1") -> str:
        """Make a database, empty or like another one, and return its address."""
        self.databases += 1
        self.sql(f"CREATE DATABASE d{self.databases} TEMPLATE {like}")
        return self.url(f"d{self.databases}")

    def copy_of(self, url: str) -> str:
        """Return the address of a new database that is a copy of one to which nobody is connected."""
        return self.new_database(urlsplit(url).path[1:])

    def new_store(self, contents: Contents, *packs: str) -> str:
        """Make a store with these records in a new database, and return its address."""
        from tajsec.store import revisions  # not everybody has psycopg
        from tajsec.store.postgres import PostgresStore, address_of

        url = self.new_database()
        revisions.init(PostgresStore(address_of(url), writes=True))
        revisions.load(PostgresStore(address_of(url), writes=True), contents, packs)
        return url


@contextmanager
def started(*, durable: bool = False) -> Iterator[Server]:
    """Yield a server that trusts whoever reaches its socket; one that is not `durable` never waits for the disk."""
    found = programs()
    assert found, "ask `programs` first"
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # the path of a socket is short
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        folder.chmod(0o755)
        init = [str(found / "initdb"), "-D", str(folder / "data"), "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust"]
        subprocess.run(_as_user([*init, "--no-sync"]), check=True, capture_output=True, cwd="/")
        made = Server(folder, found)
        made.start("-h", "''", *([] if durable else ["-F"]))
        try:
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Slow:
    """A proxy on loopback before a server's socket that holds back what it passes on, and counts round trips."""

    def __init__(self, target: Path, delay: float) -> None:
        """`delay` is in seconds, each way."""
        self._target, self._delay = target, delay
        self.trips = 0
        """How often a client asked for all answers: the messages Sync of the protocol (version 3.0)."""
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open = [self._listening]
        self.port: int = self._listening.getsockname()[1]

    def url(self, url: str) -> str:
        """Return the address of a database behind the proxy."""
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.username}@127.0.0.1:{self.port}{parts.path}?sslmode=disable"

    def __enter__(self) -> "Slow":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._open:
            with contextlib.suppress(OSError):  # it wakes who waits for it
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.socket(socket.AF_UNIX)
                self._open += [client, server]
                server.connect(str(self._target))
                threading.Thread(target=self._pass_on, args=(client, server, self._count()), daemon=True).start()
                threading.Thread(target=self._pass_on, args=(server, client, None), daemon=True).start()

    def _count(self) -> Generator[None, bytes, None]:
        """Take what a client sends, part by part, and count the messages by which it asks for an answer."""
        data = yield from self._at_least(b"", 4)
        first = int.from_bytes(data[:4])  # the first message has no letter
        data = yield from self._at_least(data, first)
        data = data[first:]
        while True:
            data = yield from self._at_least(data, 5)
            size = 1 + int.from_bytes(data[1:5])
            self.trips += data[:1] == b"S"
            data = yield from self._at_least(data, size)
            data = data[size:]

    def _at_least(self, data: bytes, size: int) -> Generator[None, bytes, bytes]:
        while len(data) < size:
            data += yield
        return data

    def _pass_on(
        self, source: socket.socket, target: socket.socket, counter: Generator[None, bytes, None] | None
    ) -> None:
        waiting: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
        threading.Thread(target=self._deliver, args=(waiting, target), daemon=True).start()
        if counter:
            next(counter)
        with contextlib.suppress(OSError):
            while data := source.recv(2**16):
                if counter:
                    counter.send(data)
                waiting.put((time.monotonic() + self._delay, data))
        waiting.put((time.monotonic() + self._delay, b""))

    def _deliver(self, waiting: "queue.SimpleQueue[tuple[float, bytes]]", target: socket.socket) -> None:
        """Send on each part when its time has come; an empty one is the end."""
        with contextlib.suppress(OSError):
            while True:
                due, data = waiting.get()
                time.sleep(max(0, due - time.monotonic()))
                if not data:
                    return target.shutdown(socket.SHUT_WR)
                target.sendall(data)
