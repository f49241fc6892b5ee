"""The entry point: `tajsec` and `python -m tajsec`."""

import gc
import os
import signal
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line and end the process with its exit status."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends the process even while it imports or parses
    gc.disable()  # a command is over before garbage would matter; a tenth of the start is spent on collecting
    import sys

    from tajsec.console import surroundings, write

    try:
        if sys.argv[1:2] == ["__complete"]:  # somebody waits on TAB: neither Click nor the commands are needed
            from tajsec.candidates import complete

            status = write(complete(sys.argv[2:], os.environ))
        else:
            from tajsec.cli import run

            around = surroundings(os.environ)
            status = write(run(sys.argv[1:], around, os.environ), around)
    except BrokenPipeError:
        status = 141
    os._exit(status)  # all is written; taking the interpreter down would cost a sixth of the time


if __name__ == "__main__":
    main()
