"""The user's clipboard, set by a program or by the terminal, and the user's browser.

The clipboard programs are tried in turn until one succeeds: only the program itself can find out whether its display
answers. The library pyperclip is not used: it ignores the exit status, and xclip, which keeps running to serve the
clipboard, would inherit stdout and keep a pipe open.
"""

import shutil
import subprocess
from typing import TextIO

from tajsec.errors import FailingEnvironment

SECONDS = 5.0
"""Timeout of a clipboard program in seconds; one whose display does not answer runs until then."""

_PROGRAMS = (
    ("wl-copy",),
    ("xclip", "-selection", "clipboard"),
    ("xsel", "--clipboard", "--input"),
    ("pbcopy",),
    ("clip.exe",),  # Windows, and Linux inside of it
    ("termux-clipboard-set",),
)


def copy(text: str) -> None:
    """Put a text on the clipboard by a program. Raises FailingEnvironment if there is none, or none succeeds."""
    found = [command for command in _PROGRAMS if shutil.which(command[0])]
    if not any(_copied_by(command, text) for command in found):
        tried = f"{' and '.join(command[0] for command in found)} failed" if found else "no clipboard was found"
        advice = "install wl-clipboard (Wayland), xclip or xsel (X11), or leave --copy out"
        raise FailingEnvironment(f"--copy: nothing was copied: {tried}; {advice}")


def _copied_by(command: tuple[str, ...], text: str) -> bool:
    try:
        done = subprocess.run(  # noqa: S603 - a fixed list of arguments, no shell
            list(command),
            input=text.encode("utf-16" if command[0] == "clip.exe" else "utf-8"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def copy_on_terminal(text: str, terminal: TextIO) -> None:
    """Ask a terminal to put a text on the clipboard of the machine in front of which its user sits.

    By OSC 52 (XTerm Control Sequences, https://invisible-island.net/xterm/ctlseqs/ctlseqs.html); there is no answer.
    """
    from base64 import b64encode

    terminal.write(f"\x1b]52;c;{b64encode(text.encode()).decode('ascii')}\a")
    terminal.flush()


def open_address(address: str) -> bool:
    """Open a web address in the user's browser; False if none could be started."""
    import webbrowser

    try:
        return webbrowser.open(address)
    except (OSError, webbrowser.Error):
        return False
