"""The clipboard: text is handed to the program that keeps it on this system.

The programs are asked in turn, and the first that says it took the text is enough: which of them has a display to talk
to, each knows best itself. The pyperclip library does not ask how a program ended, and lets one that stays to serve
the clipboard (xclip) hold our output open, so that a pipe behind us never ends.
"""

import shutil
import subprocess
from typing import NamedTuple, TextIO

from tajsec.errors import FailingEnvironment


def copy_text(text: str, terminal: TextIO) -> None:
    """Request a terminal to put a text on the clipboard of the machine before which its user sits.

    OSC 52 (XTerm Control Sequences, https://invisible-island.net/xterm/ctlseqs/ctlseqs.html); there is no answer.
    """
    from base64 import b64encode

    terminal.write(f"\x1b]52;c;{b64encode(text.encode()).decode('ascii')}\a")
    terminal.flush()


def open_address(address: str) -> bool:
    """Open a web address in the user's browser; tell whether one could be started."""
    import webbrowser

    try:
        return webbrowser.open(address)
    except (OSError, webbrowser.Error):
        return False


SECONDS = 5.0
"""How long a program may take."""


class _Keeper(NamedTuple):
    command: tuple[str, ...]
    encoding: str = "utf-8"


_KEEPERS = (
    _Keeper(("wl-copy",)),
    _Keeper(("xclip", "-selection", "clipboard")),
    _Keeper(("xsel", "--clipboard", "--input")),
    _Keeper(("pbcopy",)),
    _Keeper(("clip.exe",), "utf-16"),  # Windows, and Linux inside of it
    _Keeper(("termux-clipboard-set",)),
)


def copy(text: str) -> None:
    """Put text on the clipboard. Raises FailingEnvironment if no program took it."""
    found = [(keeper, path) for keeper in _KEEPERS if (path := shutil.which(keeper.command[0]))]
    if not any(_takes(path, keeper, text) for keeper, path in found):
        tried = (
            f"{' and '.join(keeper.command[0] for keeper, _ in found)} failed" if found else "no clipboard was found"
        )
        advice = "install wl-clipboard (Wayland), xclip or xsel (X11), or leave --copy out"
        raise FailingEnvironment(f"--copy: nothing was copied: {tried}; {advice}")


def _takes(path: str, keeper: _Keeper, text: str) -> bool:
    try:
        done = subprocess.run(  # noqa: S603 - a fixed list of arguments, no shell
            [path, *keeper.command[1:]],
            input=text.encode(keeper.encoding),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
