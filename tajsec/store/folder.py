"""Where the platform keeps caches. A module of its own, so that `--version` imports no sqlite3."""

import os
import sys
from collections.abc import Mapping


def cache_folder(environ: Mapping[str, str], platform: str = sys.platform) -> str | None:
    """Return the cache folder by the rules of the platform, or None if its variables name no absolute UTF-8 path.

    XDG base directories (https://specifications.freedesktop.org/basedir-spec/), Apple's and Microsoft's counterparts.
    """
    if platform == "win32":
        base = environ.get("LOCALAPPDATA", "")
        is_usable = base[1:2] == ":" or base.startswith(("\\", "/"))
    else:
        base, home = environ.get("XDG_CACHE_HOME", ""), environ.get("HOME", "")
        if platform == "darwin":
            base = f"{home}/Library/Caches"
        elif not base.startswith("/"):
            base = f"{home}/.cache"
        is_usable = bool(home or base == environ.get("XDG_CACHE_HOME")) and base.startswith("/")
    if is_usable and not base.isascii():  # an import less for nearly everybody
        from tajsec.text.forms import is_utf8

        is_usable = is_utf8(base)
    return os.path.join(base, "tajsec") if is_usable else None
