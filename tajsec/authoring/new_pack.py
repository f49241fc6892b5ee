"""Makes the folder of a new pack: `pack.toml`, its folders, and examples of what goes into them."""

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tajsec.authoring.toml_edit import make_folder, written
from tajsec.data.files import reason
from tajsec.data.packs import read_pack
from tajsec.data.references import NAMES_FILE
from tajsec.errors import DataError, FailingEnvironment, Problem, UsageError
from tajsec.model.pack import PACK_FILE

VOCABULARY_FILE = f"facts/vocabulary/{NAMES_FILE}"
"""Where the names of a new pack are written, those of every kind."""
TEXTS = "texts"
"""The folder of a pack for copies of its documents, which are not given away with it."""

_FOLDERS = ("facts/vocabulary", "facts/reviews", "seeds", ".schemas")

_VOCABULARY = """\
# Names that this pack uses and the shipped vocabulary does not have; `tajsec actors` and `tajsec topics` list that.
# An id is for ever; `aliases` are the other names that people search by.
# Kinds: actor, person, topic, place, unit, term.
#
# [[actor]]
# id = "border-observatory"
# name = "Border Observatory"
# aliases = ["the Observatory"]
#
# [[unit]]
# id = "tankers"
# name = "tankers"
# aliases = ["tank trucks", "fuel trucks"]
"""
SCHEMAS = ".schemas"
"""The folder of a pack for the JSON Schemas of its files, by which editors complete and check them."""

_FILES_OF = {
    "toml-pack": "pack.toml",
    "toml-fact": "facts/*.toml",
    "toml-vocabulary": "facts/vocabulary/*.toml",
    "toml-review": "facts/reviews/*.toml",
    "toml-source": "seeds/*.toml",
}
"""The files that each schema is for."""

_README = """\
# {title}

Facts for the command `tajsec`, each with the words of the document that says it.

    tajsec list --facts .
    tajsec lint .
"""
_IGNORED = f"""\
# Copies of the documents, for `tajsec new fact` and `tajsec verify --text {TEXTS}`: theirs is another licence.
/{TEXTS}/
"""


def make_pack(folder: Path, keys: Mapping[str, Any]) -> None:
    """Make the folder of a pack with these keys of `pack.toml`; it is there whole, or not at all.

    Raises UsageError if something is at the path already, DataError for a wrong value, and FailingEnvironment if the
    folder cannot be made.
    """
    try:
        with whole_folder(folder) as aside:
            for each in _FOLDERS:
                (aside / each).mkdir(parents=True)
            for name, text in _files(keys).items():
                (aside / name).write_text(text, encoding="utf-8", newline="\n")
            read_pack(aside)
    except DataError as error:
        raise DataError([_at(folder, problem) for problem in error.problems]) from error
    except (OSError, ValueError) as error:
        what = reason(error) if isinstance(error, OSError) else "not a name that the system takes"
        raise FailingEnvironment(f"{folder}: cannot be made: {what}; mend that, or name another folder") from error


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """Yield the path of a folder to be made and filled, which then takes the place of `folder`: whole, or not at all.

    Raises UsageError if something is there already, FailingEnvironment and OSError if it cannot be made.
    """
    refuse_used(folder)
    make_folder(folder.absolute().parent)
    aside = folder.absolute().parent / f".{folder.absolute().name}.{os.urandom(4).hex()}.tmp"
    try:
        yield aside
        if folder.exists():
            folder.rmdir()  # empty: nothing else is at the path
        aside.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def check_key(key: str, value: str) -> None:
    """Raise UsageError, which names the option `--key`, for a value that `pack.toml` may not have."""
    from tajsec.data.packs import pack_of
    from tajsec.data.table import Table
    from tajsec.data.toml import TomlFile

    file = TomlFile(PACK_FILE, f"{key} = {written(value)}\n")
    if not file.problems:
        pack_of(Table(file, file.data, ()), Path())
    if mine := next((problem for problem in file.problems if problem.path in ("", key)), None):
        raise UsageError(f"--{key}: {mine.what}")


def refuse_used(folder: Path) -> None:
    """Raise UsageError if something other than an empty folder is at the path."""
    try:
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise UsageError(f"{folder}: exists, and is no folder; name a new one")
        held = sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []
    except (OSError, ValueError) as error:
        what = reason(error) if isinstance(error, OSError) else "not a name that the system takes"
        raise FailingEnvironment(f"{folder}: cannot be read: {what}; name another folder") from error
    if held:
        raise UsageError(f"{folder}: holds {held[0]} already; name a new folder")


def pack_id(folder: Path) -> str:
    """Return the id that the name of a folder proposes; "" if it has no letter or digit of an id."""
    from tajsec.text.forms import fold

    return "-".join(re.findall(r"[a-z0-9]+", fold(folder.absolute().name)))[:64].strip("-")


def _files(keys: Mapping[str, Any]) -> dict[str, str]:
    return {
        PACK_FILE: "".join(f"{key} = {written(value)}\n" for key, value in keys.items()),
        VOCABULARY_FILE: _VOCABULARY,
        "README.md": _README.format(title=keys["title"]),
        ".gitignore": _IGNORED,
        ".taplo.toml": "\n".join(
            f'[[rule]]\ninclude = ["{files}"]\n\n[rule.schema]\npath = "{SCHEMAS}/{name}.json"\n'
            for name, files in _FILES_OF.items()
        ),
        **{f"{SCHEMAS}/{name}.json": _schema(name) for name in _FILES_OF},
    }


def _schema(name: str) -> str:
    from importlib.resources import files

    return (files("tajsec.data") / "schemas" / f"{name}.json").read_text(encoding="utf-8")


def _at(folder: Path, problem: Problem) -> Problem:
    """Return a problem of the temporary folder as one of the folder itself."""
    return problem._replace(file=str(folder / PACK_FILE))
