"""A PostgreSQL server of the tests' own: made in a temporary folder, reached by a Unix socket, gone at the end."""

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

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


@contextmanager
def server(port: int = 5432, *options: str) -> Iterator[Server]:
    """Yield a server with trusting sockets. `options` are of the program `postgres`."""
    found = programs()
    assert found, "ask `programs` first"
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # the path of a socket is short
    try:
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(folder, user.pw_uid, user.pw_gid)
        folder.chmod(0o755)
        init = [str(found / "initdb"), "-D", str(folder / "data"), "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust"]
        subprocess.run(_as_user([*init, "--no-sync"]), check=True, capture_output=True, cwd="/")
        made = Server(folder, found, port)
        made.start("-h", "''", "-F", *options)
        try:
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
