"""The list of packages and modules in `docs/code.md`, layer by layer.

The layers are those of the import contract in `pyproject.toml`; the line of a module is the first of its docstring.
This works in a checkout only: an installed tool has no `pyproject.toml`.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
"""The checkout."""

_BETWEEN = re.compile(r"(?<=^<!-- modules -->\n).*(?=^<!-- end of modules -->$)", re.MULTILINE | re.DOTALL)


def with_modules(page: str) -> str:
    """Return a page with the list of modules between the lines `<!-- modules -->` and `<!-- end of modules -->`."""
    return _BETWEEN.sub(lambda _: f"\n{module_list()}\n", page)


def module_list() -> str:
    """Return Markdown: for each layer, from the lowest, its packages and modules with a line about each."""
    parts = [_module(ROOT / "tajsec" / "__init__.py")]
    for number, names in enumerate(reversed(layers()), 1):
        parts += [f"**Layer {number}**", *(_part(ROOT.joinpath(*name.split("."))) for name in names)]
    return "\n\n".join(parts) + "\n"


def layers() -> list[list[str]]:
    """Return the modules of each layer of the import contract, the highest layer first."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = (each for each in project["tool"]["importlinter"]["contracts"] if each["type"] == "layers")
    return [layer.split(" | ") for layer in contract["layers"]]


def _part(path: Path) -> str:
    """Return the table of a package, or the line of a module."""
    return "\n".join(_package(path)) if path.is_dir() else _module(path.with_suffix(".py"))


def _module(path: Path) -> str:
    return f"`tajsec/{path.name}`: {_about(path)}"


def _package(folder: Path) -> Iterator[str]:
    yield f"| `tajsec/{folder.name}/` | {_about(folder / '__init__.py')} |"
    yield "|---|---|"
    for path in sorted(folder.glob("*.py")):
        if path.name != "__init__.py":
            yield f"| `{path.name}` | {_about(path)} |"


def _about(path: Path) -> str:
    """Return the first line of the docstring of a module."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return text.partition("\n")[0].replace("|", "\\|")
