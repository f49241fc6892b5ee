"""What every row keeps, whatever its input."""

import json
import re
import unicodedata
from collections.abc import Iterator

from hostile.process import Result
from hostile.rows import Row

STATUSES = (0, 1, 2, 130, 141)
"""Done, nothing found, refused, interrupted, the reader went away; a bug of the tool would be 70."""
MAX_LINE = 500
"""Characters of a message on stderr."""


def violations(row: Row, result: Result) -> Iterator[str]:
    """Yield a short text for each thing that a result should not be."""
    if result.timed_out:
        yield "took too long"
        return
    if result.status != row.status:
        yield f"status {result.status}, not {row.status}: {_begin(result.err)}"
    if result.status not in STATUSES:
        yield f"status {result.status} is none of the tool's"
    try:
        out, err = result.out.decode(), result.err.decode()
    except UnicodeDecodeError:
        yield "the output is not UTF-8"
        return
    yield from _lost_words(row, out, err)
    yield from _unclean(row, out, err)
    if result.status == 2 and not row.many:
        yield from _no_error_line(row, out, err)
    if result.status in (0, 1) and _is_json(row) and out:
        yield from _no_json(out)
    if touched := [each for each in result.changed if each not in row.changes]:
        yield f"{', '.join(touched)}: changed or left behind"


def _lost_words(row: Row, out: str, err: str) -> Iterator[str]:
    for name, text, words in (("stderr", err, row.err), ("stdout", out, row.out)):
        for each in words:
            if each not in text:
                yield f"{name} has no {each!r}: {_begin(text.encode())}"
    for each in (*row.absent, "Traceback", "a bug of ours"):
        if each in out + err:
            yield f"the output has {each!r}: {_begin((out + err).encode())}"


def _unclean(row: Row, out: str, err: str) -> Iterator[str]:
    """Yield the characters that a terminal would execute or not show; colours on a terminal are the tool's own."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", out + err) if row.io == "terminal" or "FORCE_COLOR" in row.env else out + err
    text = re.sub(r"\r\n|[\n\t]", "", text)
    if not text.isprintable():
        joiners = re.compile(r"(?<=[^\W\d_])[\u200c\u200d](?=[^\W\d_])")  # letters of Persian are joined by them
        hidden = {f"U+{ord(each):04X}" for each in joiners.sub("", text) if not _is_seen(each)}
        if hidden:
            yield f"raw {' '.join(sorted(hidden))} in the output"


def _is_seen(char: str) -> bool:
    return char.isprintable() or unicodedata.category(char) == "Zs"


def _no_error_line(row: Row, out: str, err: str) -> Iterator[str]:
    if out:
        yield f"stdout has text beside an error: {_begin(out.encode())}"
    if "stderr" in row.io or row.io == "all closed":
        return
    if err.count("\n") != 1 or not err.startswith("tajsec: error: "):
        yield f"stderr is not one line of an error: {_begin(err.encode())}"
    if len(err) > MAX_LINE + 1:
        yield f"a message of {len(err)} characters"


def _is_json(row: Row) -> bool:
    return re.search(r"--json\b|--format[ =]json\b", row.run) is not None


def _no_json(out: str) -> Iterator[str]:
    try:
        json.loads(out)
    except ValueError:
        yield f"no JSON on stdout: {_begin(out.encode())}"


def _begin(text: bytes) -> str:
    return repr(text.decode(errors="replace")[:160])
