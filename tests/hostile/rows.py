"""Reads the table of hostile inputs: `rows/*.toml`, each a list `row`, and rows of options that commands share.

A row has these keys, of which `run` alone is needed:

* `run`: the command line, quoted as in a shell, without `tajsec`;
* `status`: the exit status, 2 if not given; `err`, `out`: words that stderr and stdout have; `not`: words neither has;
* `stdin`: the text on standard input; `io`: what is wrong with a stream (`process.STREAMS`);
* `env`: variables; `limits`: limits of the process (`process.LIMITS`);
* `make`: files that builders make (`builders.BUILDERS`); `write`: files with their text; `edit`: a text in a file and
  the one in its place; `first`: a command line that is run before, and `then`: what builders make after it;
* `changes`: files that the row may make or change; in every other row the folder stays as it was;
* `many`: true if stdout may have an answer in spite of the status, or stderr several lines;
* `extras`: true if the row needs the optional libraries;
* `sql`: statements that are run in a database of the row's own, which holds the small store; "" for none. Such a row
  needs PostgreSQL and the optional libraries; its `TAJSEC_STORE` is the address of the database, if `env` has no other.

In every text `«FF»` is a byte, `«x*9»` nine times x, and `«HERE»` the folder of the row; in `run`, `first` and `env`
`«STORE»` is the address of its database.

A `shared` row has `option` and `given` in place of `run`: it is run on every command that has the option, behind the
arguments that `[arguments]` has for the command. `except` names commands that answer otherwise.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("rows")
_PLACEHOLDER = re.compile("«(?:([0-9A-F]{2})|(HERE)|([^«»]+?)\\*(\\d+))»")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One hostile input with what is expected."""

    name: str
    """The file of the row and its number in it."""
    run: str
    status: int = 2
    err: Sequence[str] = ()
    out: Sequence[str] = ()
    absent: Sequence[str] = ()
    stdin: str | None = None
    io: str = ""
    env: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)
    make: Sequence[str] = ()
    write: Mapping[str, str] = field(default_factory=dict)
    edit: Mapping[str, Sequence[str]] = field(default_factory=dict)
    first: str = ""
    then: Sequence[str] = ()
    changes: Sequence[str] = ()
    many: bool = False
    extras: bool = False
    sql: str | None = None

    @property
    def command(self) -> str:
        """The name of the command, or `tajsec` for a line that starts with none."""
        found = re.match(r"(?:(?:new|store) )?[a-z]+(?= |$)", self.run)
        return found[0] if found else "tajsec"


def read_rows(options: Mapping[str, Iterable[str]]) -> list[Row]:
    """Return every row of the table; `options` are those of each command. Raises TypeError for an unknown key."""
    found = list[Row]()
    for path in sorted(FOLDER.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        found += [_row(f"{path.stem}:{n}", each) for n, each in enumerate(table.get("row", ()), 1)]
        for n, each in enumerate(table.get("shared", ()), 1):
            found += _shared(f"{path.stem}:shared-{n}", each, table["arguments"], options)
    return found


def at_store(row: Row, url: str) -> Row:
    """Return a row with the address of its database in the place of `«STORE»`."""
    env = {"TAJSEC_STORE": "«STORE»", **row.env}
    return replace(
        row,
        run=row.run.replace("«STORE»", url),
        first=row.first.replace("«STORE»", url),
        env={name: value.replace("«STORE»", url) for name, value in env.items()},
    )


def filled(text: str, here: Path) -> bytes:
    """Return a text as bytes, with its placeholders replaced."""

    def value(found: re.Match[str]) -> str:
        byte, is_here, repeated, count = found.groups()
        if byte:
            return bytes.fromhex(byte).decode("utf-8", "surrogateescape") if int(byte, 16) > 127 else chr(int(byte, 16))
        return str(here) if is_here else repeated * int(count)

    return _PLACEHOLDER.sub(value, text).encode("utf-8", "surrogateescape")


def _shared(
    name: str, given: Mapping[str, Any], arguments: Mapping[str, str], options: Mapping[str, Iterable[str]]
) -> list[Row]:
    keys = dict(given)
    option, words, left_out = keys.pop("option"), keys.pop("given"), keys.pop("except", ())
    commands = [each for each, known in options.items() if option in known and each not in left_out]
    lines = [" ".join(filter(None, [each, arguments.get(each), words])) for each in commands]
    return [_row(f"{name}-{each}", {"run": line, **keys}) for each, line in zip(commands, lines, strict=True)]


def _row(name: str, given: Mapping[str, Any]) -> Row:
    keys = {"absent" if key == "not" else key: value for key, value in given.items()}
    for key in ("err", "out", "absent"):
        keys[key] = [keys[key]] if isinstance(keys.get(key), str) else keys.get(key, ())
    return Row(name=name, **{"extras": "sql" in keys, **keys})
