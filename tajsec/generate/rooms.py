"""The packages and modules of the code, layer by layer, for `docs/code.md`.

The layers are those of the import contract in `pyproject.toml`; the line of a module is the first of its docstring.
This reads a checkout: an installed tool has no contract.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

_BETWEEN = re.compile(r"(?<=^<!-- rooms -->\n).*(?=^<!-- end of rooms -->$)", re.MULTILINE | re.DOTALL)


def with_rooms(page: str, root: Path) -> str:
    """Return a page with the rooms of the checkout `root` between the two lines that mark their place."""
    return _BETWEEN.sub(lambda _: f"\n{rooms(root)}\n", page)


def rooms(root: Path) -> str:
    """Return Markdown: for each layer, from the lowest, its packages and modules with a line about each."""
    parts = [_module(root / "tajsec" / "__init__.py")]
    for number, names in enumerate(reversed(layers(root)), 1):
        parts.append(f"**Layer {number}**")
        parts += (_room(root.joinpath(*name.split("."))) for name in names)
    return "".join(f"{part}\n\n" for part in parts).rstrip("\n") + "\n"


def layers(root: Path) -> list[list[str]]:
    """Return the modules of each layer of the import contract, the highest layer first."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = (each for each in project["tool"]["importlinter"]["contracts"] if each["type"] == "layers")
    return [layer.split(" | ") for layer in contract["layers"]]


def _room(path: Path) -> str:
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
