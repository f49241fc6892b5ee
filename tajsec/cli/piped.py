"""Ids from standard input, for the commands that take `-` in place of ids."""

import sys
from collections.abc import Sequence

from tajsec.errors import UsageError

MAX_INPUT = 4 * 2**20
"""Bytes: as large as a file of a pack may be; a list of a hundred thousand ids has 3 MB."""


def with_piped(ids: Sequence[str]) -> list[str]:
    """Return the ids, each once and in order; in place of `-`, the first word of each line of standard input.

    Listings in a pipe have the id first. Standard input is read only if there is a `-`. Raises UsageError if it is
    closed, too long, or not UTF-8.
    """
    found = [each for given in ids for each in (_piped() if given == "-" else [given])]
    return list(dict.fromkeys(found))


def _piped() -> list[str]:
    try:
        data = sys.stdin.buffer.read(MAX_INPUT + 1)
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise UsageError("standard input is not UTF-8; pipe a listing of tajsec, or one id a line") from error
    except (OSError, ValueError, AttributeError) as error:  # closed, or None
        raise UsageError("standard input cannot be read; pipe ids into it") from error
    if len(data) > MAX_INPUT:
        raise UsageError("standard input is over 4 MiB; pipe fewer ids")
    return [line.split()[0] for line in lines if line.strip()]
