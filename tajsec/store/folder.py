"""Where the platform keeps caches, and data that are installed. Of its own, so that `--version` imports no sqlite3."""

import os
import sys
from collections.abc import Mapping


def cache_folder(environ: Mapping[str, str], platform: str = sys.platform) -> str | None:
    """Return the cache folder by the rules of the platform, or None if its variables name no absolute UTF-8 path.

    XDG base directories (https://specifications.freedesktop.org/basedir-spec/), Apple's and Microsoft's counterparts.
    """
    return _folder(environ, platform, ("XDG_CACHE_HOME", ".cache", "Library/Caches"), "tajsec")


def packs_folder(environ: Mapping[str, str], platform: str = sys.platform) -> str | None:
    """Return the folder of the packs that every command reads, in the platform's folder for data; None as above."""
    kinds = ("XDG_DATA_HOME", ".local/share", "Library/Application Support")
    return _folder(environ, platform, kinds, os.path.join("tajsec", "packs"))


def _folder(environ: Mapping[str, str], platform: str, kinds: tuple[str, str, str], name: str) -> str | None:
    """Return the folder `name` of a kind: its XDG variable, and its folders in the home of Linux and of macOS."""
    variable, of_linux, of_mac = kinds
    if platform == "win32":
        base = environ.get("LOCALAPPDATA", "")
        is_usable = base[1:2] == ":" or base.startswith(("\\", "/"))
    else:
        base, home = environ.get(variable, ""), environ.get("HOME", "")
        if platform == "darwin":
            base = f"{home}/{of_mac}"
        elif not base.startswith("/"):
            base = f"{home}/{of_linux}"
        is_usable = bool(home or base == environ.get(variable)) and base.startswith("/")
    if is_usable and not base.isascii():  # an import less for nearly everybody
        from tajsec.text.forms import is_utf8

        is_usable = is_utf8(base)
    return os.path.join(base, name) if is_usable else None
