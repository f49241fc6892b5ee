"""Runs what reads strangers' files in a process of its own, with limits of memory and time.

`answer_of` starts the process and kills it when the time is over, so that what reads needs no timeout for the whole.
The operating system limits its memory where it can. `serve` is the other side, the `main` of a module that reads.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Event, Thread, Timer
from typing import Any

MAX_MEMORY = 2**30
"""Bytes of address space of the process: a page of 200,000 table cells takes almost all of it."""
MAX_SECONDS = 60.0

Progress = Callable[[int, int | None], None]
"""Called with the number of bytes received, and the number to expect if that is known."""

_START = "import sys; sys.path[:] = sys.argv[3:]; from importlib import import_module as load; load(sys.argv[1]).main()"


class Unreadable(Exception):
    """What was to be read is over a limit, or not what it should be; the text is the reason."""


def answer_of(
    module: str,
    request: Mapping[str, Any],
    data: bytes = b"",
    *,
    seconds: float = MAX_SECONDS,
    memory: int = MAX_MEMORY,
    progress: Progress = lambda *_: None,
) -> dict[str, Any]:
    """Run `main` of a module, which calls `serve`, in a process of its own, and return its answer.

    `request` is a JSON object, `data` the bytes to be read. Raises Unreadable with the reason, also if the process
    ended without an answer or was killed after `seconds`, which count from when its libraries are loaded.
    """
    is_late = Event()
    order = json.dumps({"request": request, "size": len(data), "seconds": seconds, "memory": memory})
    command = [sys.executable, "-P", "-c", _START, module, order, *sys.path]
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    try:
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing) as process:  # noqa: S603 - no shell
            answer = _last_message(process, data, Timer(seconds, _end, (process, is_late)), progress)
    except (OSError, ValueError) as error:
        raise Unreadable(f"the process that reads it failed: {error}") from error
    if not answer:
        lost = f"what reads it broke down: it is damaged, or takes over {memory / 2**20:,g} MiB of memory"
        raise Unreadable(f"not read whole within {seconds:g} seconds" if is_late.is_set() else lost)
    if "reason" in answer:
        raise Unreadable(answer["reason"])
    return answer


def _end(process: subprocess.Popen[bytes], is_late: Event) -> None:
    is_late.set()
    process.kill()


def _last_message(process: subprocess.Popen[bytes], data: bytes, deadline: Timer, progress: Progress) -> dict[str, Any]:
    """Send the data, call `progress` for each message about it, and return the answer; the process has then ended.

    The messages are described at `serve`. The deadline is started when the libraries of the process are loaded.
    """
    try:
        if process.stdin and data:
            with suppress(BrokenPipeError):  # it ended: there will be no answer
                process.stdin.write(data)
                process.stdin.flush()
        for line in process.stdout or ():
            message = json.loads(line) if line.endswith(b"\n") else {}  # incomplete if it was killed while writing
            if isinstance(message, dict):
                _wait_shortly(process)
                return message
            if message:
                progress(*message)
            else:
                deadline.start()  # its libraries are loaded: from now on the time counts
        return {}
    finally:
        deadline.cancel()
        process.kill()


def _wait_shortly(process: subprocess.Popen[bytes]) -> None:
    """Let a process that has answered end by itself, which it does at once: what measures it may write what it saw."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(1)


# ---------------------------------------------------------------- in the process


def serve(answer: Callable[[dict[str, Any], bytes, Progress], dict[str, Any]]) -> None:
    """Read the request, limit the process, and write messages to stdout, one JSON value a line; then end the process.

    First [] when the libraries are loaded; then [bytes received, bytes expected or null] for each call of the progress;
    last the answer as an object, or {"reason": ...}. Any exception of a library becomes a reason.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    order = json.loads(sys.argv[2])
    data = sys.stdin.buffer.read(order["size"])
    _limit(order["memory"], order["seconds"])
    Thread(target=_end_with_parent, daemon=True).start()
    _put([])
    _put(_answered(answer, order, data))
    os._exit(0)


def _answered(
    answer: Callable[[dict[str, Any], bytes, Progress], dict[str, Any]], order: dict[str, Any], data: bytes
) -> dict[str, Any]:
    try:
        return answer(order["request"], data, lambda *progress: _put(progress))
    except Unreadable as error:
        return {"reason": str(error)}
    except MemoryError:
        return {"reason": f"takes over {order['memory'] / 2**20:,g} MiB of memory"}
    except Exception as error:
        return {"reason": f"cannot be read: {described(error)}"}


def described(error: Exception) -> str:
    """Return an exception of a library in words: its class, and its text if it has one."""
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def _put(message: object) -> None:
    sys.stdout.buffer.write(json.dumps(message).encode() + b"\n")
    sys.stdout.buffer.flush()


def _end_with_parent() -> None:
    """Exit at the end of stdin, which means that the process that started this one has ended."""
    sys.stdin.buffer.read()
    os._exit(1)


def _limit(memory: int, seconds: float) -> None:
    """Set the limits of the operating system for memory and CPU time, where it has them, and allow no core dump."""
    with suppress(ImportError):
        import resource

        most = {resource.RLIMIT_AS: memory, resource.RLIMIT_CPU: int(seconds) + 2, resource.RLIMIT_CORE: 0}
        for each, value in most.items():
            with suppress(OSError, ValueError):  # macOS has no limit of memory; a stricter limit of the user is kept
                resource.setrlimit(each, (value, value))
