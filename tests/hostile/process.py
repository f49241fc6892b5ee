"""Runs a row on an installed command, in a folder, a home and an environment of its own."""

import contextlib
import ctypes
import hashlib
import os
import pty
import resource
import signal
import stat
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shlex import split

from hostile.builders import Held, build
from hostile.rows import Row, filled

SECONDS = 60
"""Until a command is ended: the slowest row takes three on a busy machine, and a command that hangs takes for ever."""
MEMORY = 3 << 30
"""Bytes of address space that a command has: the largest input that is read takes under one."""
_MAX_HASHED = 64 << 20
"""Bytes of the largest file whose content is compared: larger ones are of zeros."""

LIMITS = {"file_size": resource.RLIMIT_FSIZE, "files": resource.RLIMIT_NOFILE, "memory": resource.RLIMIT_AS}
"""The limits that a row may set."""
STREAMS = (
    "stdin closed", "stdin endless", "stdin write-only", "stdout closed", "stdout full", "stdout gone",
    "stdout read-only", "stderr closed", "stderr full", "all closed", "terminal", "interrupted",
)  # fmt: skip
"""What may be wrong with a stream; on a `terminal` all three are one, of no size; `interrupted` while it reads."""

Tree = dict[str, tuple[object, ...]]
"""What a folder holds: for each path its kind, its place on the disk, and the digest of its content."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a row did."""

    status: int
    """As a shell reports it: 128 and the signal for a process that a signal ended."""
    out: bytes
    err: bytes
    changed: Sequence[str]
    """Paths that are not as they were."""
    timed_out: bool = False


def refuse_root_its_privilege() -> None:
    """Let no process that is started from now on read or write what permissions forbid, though its user is root."""
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            library.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


def run_row(row: Row, command: Path) -> Result:
    """Run a row and return what it did."""
    held: Held = []
    with tempfile.TemporaryDirectory(prefix="hostile", ignore_cleanup_errors=True) as made:
        home, here = Path(made, "home"), Path(made, "here")
        home.mkdir()
        here.mkdir()
        environ = _environ(row, home, here)
        try:
            _prepare(row, command, here, environ, held)
            before = _tree(here)
            status, out, err, timed_out = _run(row, command, here, environ)
            after = _tree(here)
        finally:
            for stream in held:
                stream.close()
            _make_removable(Path(made))
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    return Result(status if status >= 0 else 128 - status, out, err, changed, timed_out)


def _environ(row: Row, home: Path, here: Path) -> dict[bytes, bytes]:
    """Return the environment: what is needed to start, and the variables of the row, of which "(unset)" is left out."""
    kept = {"PATH": "/usr/bin:/bin", "HOME": str(home), "LC_ALL": "C.UTF-8", "TMPDIR": str(home), "PAGER": "cat"}
    given = {**kept, **row.env}
    return {name.encode(): filled(value, here) for name, value in given.items() if value != "(unset)"}


def _prepare(row: Row, command: Path, here: Path, environ: Mapping[bytes, bytes], held: Held) -> None:
    build(here, [filled(each, here).decode() for each in row.make], held)
    for name, text in row.write.items():
        path = here / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(filled(text, here))
    for name, (old, new) in row.edit.items():
        path = here / name
        text = path.read_bytes()
        assert filled(old, here) in text, f"{row.name}: {name} does not have {old!r}"
        path.write_bytes(text.replace(filled(old, here), filled(new, here), 1))
    if row.first:
        line = [command, *(filled(each, here) for each in split(row.first))]
        subprocess.run(line, cwd=here, env=environ, check=True, capture_output=True, timeout=SECONDS)
    build(here, [filled(each, here).decode() for each in row.then], held)


def _run(row: Row, command: Path, here: Path, environ: Mapping[bytes, bytes]) -> tuple[int, bytes, bytes, bool]:
    line = [os.fsencode(command), *(filled(each, here) for each in split(row.run))]
    if row.io == "terminal":
        return _on_terminal(line, here, environ, _start(row))
    if row.io == "interrupted":
        return _interrupted(line, here, environ, _start(row))
    with contextlib.ExitStack() as stack:
        streams = _streams(row, stack)
        given = None if row.stdin is None else filled(row.stdin, here)
        if given is not None:
            del streams["stdin"]
        try:
            done = subprocess.run(
                line,
                cwd=here,
                env=environ,
                input=given,
                preexec_fn=_start(row),
                timeout=SECONDS,
                check=False,
                **streams,
            )
        except subprocess.TimeoutExpired as error:
            return 0, error.stdout or b"", error.stderr or b"", True
    return done.returncode, done.stdout or b"", done.stderr or b"", False


def _streams(row: Row, stack: contextlib.ExitStack) -> dict[str, int]:
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    opened: dict[str, tuple[str, str | Path, int]] = {
        "stdin endless": ("stdin", "/dev/zero", os.O_RDONLY),
        "stdin write-only": ("stdin", "/dev/null", os.O_WRONLY), "stdout full": ("stdout", "/dev/full", os.O_WRONLY),
        "stdout read-only": ("stdout", "/dev/null", os.O_RDONLY), "stderr full": ("stderr", "/dev/full", os.O_WRONLY),
    }  # fmt: skip
    if row.io in opened:
        name, path, flags = opened[row.io]
        streams[name] = os.open(path, flags)
        stack.callback(os.close, streams[name])
    if row.io == "stdout gone":
        read, streams["stdout"] = os.pipe()
        os.close(read)
        stack.callback(os.close, streams["stdout"])
    return streams


def _start(row: Row) -> Callable[[], None]:
    """Return what the new process does before it becomes the command."""
    names = {"stdin": 0, "stdout": 1, "stderr": 2}
    closed = [fd for name, fd in names.items() if row.io in (f"{name} closed", "all closed")]
    limits = {LIMITS["memory"]: MEMORY, **{LIMITS[name]: value for name, value in row.limits.items()}}

    def start() -> None:
        for limit, value in limits.items():
            resource.setrlimit(limit, (value, value))
        for descriptor in closed:
            os.close(descriptor)

    return start


def _on_terminal(
    line: Sequence[bytes], here: Path, environ: Mapping[bytes, bytes], start: Callable[[], None]
) -> tuple[int, bytes, bytes, bool]:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        line,
        cwd=here,
        env=environ,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=start,
    ) as process:
        os.close(theirs)
        watch = threading.Timer(SECONDS, os.killpg, (process.pid, signal.SIGKILL))
        watch.start()
        shown = b""
        with contextlib.suppress(OSError):  # Linux says so that the other end is closed
            while chunk := os.read(ours, 65536):
                shown += chunk
        status = process.wait()
        watch.cancel()
    os.close(ours)
    return status, b"", shown.replace(b"\r\n", b"\n"), status == -signal.SIGKILL


def _interrupted(
    line: Sequence[bytes], here: Path, environ: Mapping[bytes, bytes], start: Callable[[], None]
) -> tuple[int, bytes, bytes, bool]:
    """Send SIGINT while the command reads: a pipe takes more than it can hold only when somebody reads from it."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        line, cwd=here, env=environ, stdin=pipe, stdout=pipe, stderr=pipe, preexec_fn=start
    ) as process:
        assert process.stdin
        process.stdin.write(b"[" * (1 << 20))
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        process.wait(SECONDS)
        assert process.stdout
        assert process.stderr
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        return process.returncode, process.stdout.read(), process.stderr.read(), False


def _paths(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        yield path
        if path.is_dir() and not path.is_symlink():
            with contextlib.suppress(PermissionError):
                yield from _paths(path)


def _tree(folder: Path) -> Tree:
    return {str(path.relative_to(folder)): _state(path) for path in _paths(folder)}


def _state(path: Path) -> tuple[object, ...]:
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode):
        return found.st_mode, found.st_ino
    content = hashlib.sha256(path.read_bytes()).hexdigest() if found.st_size <= _MAX_HASHED else ""
    return found.st_mode, found.st_ino, found.st_size, content


def _make_removable(folder: Path) -> None:
    for path in _paths(folder):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o700)
