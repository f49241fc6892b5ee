"""The entry point: `tajsec` and `python -m tajsec`."""

import gc
import os
import signal
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tajsec.cli.terminal import Environment, Reply


def main() -> NoReturn:
    """Run the command line and end the process with its exit status."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends the process even while it imports or parses
    gc.disable()  # a command is too short to need it, and collecting takes a tenth of the start-up time
    import sys

    from tajsec.cli.terminal import read_environment, write

    try:
        environment = read_environment(os.environ)
        status = write(_reply(sys.argv[1:], environment), environment)
    except BrokenPipeError:
        status = 141  # as shells report a process that SIGPIPE ended: 128 + 13
    os._exit(status)  # all output is written; the shutdown of the interpreter would take a sixth of the run time


def pandoc() -> NoReturn:
    """Run `tajsec pandoc` with the arguments that Pandoc calls a filter with, and end the process."""
    import sys

    sys.argv.insert(1, "pandoc")
    main()


def _reply(args: "Sequence[str]", environment: "Environment") -> "Reply":
    """Return the answer to a command line, or the completions for a shell, which runs the command without arguments."""
    from tajsec.cli.app import app, run
    from tajsec.cli.complete import VARIABLE, complete

    instruction = None if args else os.environ.get(VARIABLE)
    candidates = complete(app, environment, instruction) if instruction else None
    return run(args, environment, os.environ) if candidates is None else candidates


if __name__ == "__main__":
    main()
