"""Write citations in one of the styles.

The module that writes a style is imported when it is used, so that the options of `tajsec cite`, which need only the
table of styles, load fast.
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from tajsec.cite.styles import STYLES, CslFile
from tajsec.errors import UsageError

if TYPE_CHECKING:
    from tajsec.cite.citation import Citation
    from tajsec.cite.csl import Rendering


def in_style(citations: "Sequence[Citation]", style: str) -> str:
    """Return citations as one text. A style with a `CslFile` groups them by fact, and lists each source once.

    Raises UsageError for an unknown style, and for one that needs `tajsec[csl]` if that is not installed.
    """
    made_by = _maker(style)
    if isinstance(made_by, str):
        return _written(made_by, citations)
    from tajsec.cite.citation import by_fact

    return _rendered(style, made_by, by_fact(citations)).text


def one_by_one(citations: "Sequence[Citation]", style: str) -> tuple[list[str], list[str] | None]:
    """Return a text for each citation, and in a rendered style the list of all sources. Raises as `in_style` does."""
    made_by = _maker(style)
    if isinstance(made_by, str):
        return [_written(made_by, [each]) for each in citations], None
    rendering = _rendered(style, made_by, [[each] for each in citations])
    return [group.text for group in rendering.groups], list(rendering.bibliography)


def _maker(style: str) -> str | CslFile:
    if style in STYLES:
        return STYLES[style].made_by
    from tajsec.text.spelling import near_names

    near = near_names(style, STYLES)
    advice = f"did you mean {' or '.join(near)}?" if near else f"name one of {', '.join(STYLES)}"
    raise UsageError(f"unknown style {style!r}; {advice}")


def _written(made_by: str, citations: "Sequence[Citation]") -> str:
    module, _, function = made_by.partition(".")
    write: Callable[[Sequence[Citation]], str] = getattr(import_module(f"tajsec.cite.{module}"), function)
    return write(citations)


def _rendered(style: str, file: CslFile, groups: "Sequence[Sequence[Citation]]") -> "Rendering":
    try:
        from tajsec.cite.csl import render
    except ImportError as error:
        raise UsageError(f"--style {style} needs {error.name}; install tajsec[csl]") from error
    return render(file, groups)
