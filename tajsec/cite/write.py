"""Write citations in one of the styles.

The module that writes a style is imported when it is used, so that the options of `tajsec cite`, which need only the
table of styles, load fast.
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, get_args

from tajsec.cite.styles import STYLES, By, CslFile
from tajsec.errors import UsageError

if TYPE_CHECKING:
    from tajsec.cite.citation import Citation, Entry
    from tajsec.cite.csl import Rendering


def in_style(citations: "Sequence[Citation]", style: str, by: By = "fact") -> str:
    """Return citations as one text. A style with a `CslFile` groups them by fact or source, and lists each source once.

    Raises UsageError for an unknown style or `by`, and for one that needs `tajsec[csl]` if that is not installed.
    """
    made_by = _maker(style)
    if by not in get_args(By):
        raise UsageError(f"cannot cite by {by!r}; name one of {', '.join(get_args(By))}")
    if isinstance(made_by, str):
        return _written(made_by, citations, by)
    from tajsec.cite.citation import by_fact, entries

    groups = by_fact(citations) if by == "fact" else [each.citations for each in entries(citations, by)]
    return _rendered(style, made_by, groups, by).text


def one_by_one(entries: "Sequence[Entry]", style: str, by: By) -> tuple[list[str], list[str] | None]:
    """Return a text for each entry, and in a rendered style the list of all sources. Raises as `in_style` does."""
    made_by = _maker(style)
    if isinstance(made_by, str):
        return [_written(made_by, each.citations, by) for each in entries], None
    rendering = _rendered(style, made_by, [each.citations for each in entries], by)
    return [group.text for group in rendering.groups], list(rendering.bibliography)


def _maker(style: str) -> str | CslFile:
    if style in STYLES:
        return STYLES[style].made_by
    from tajsec.text.spelling import near_names

    near = near_names(style, STYLES)
    advice = f"did you mean {' or '.join(near)}?" if near else f"name one of {', '.join(STYLES)}"
    raise UsageError(f"unknown style {style!r}; {advice}")


def _written(made_by: str, citations: "Sequence[Citation]", by: By) -> str:
    module, _, function = made_by.partition(".")
    write: Callable[[Sequence[Citation], By], str] = getattr(import_module(f"tajsec.cite.{module}"), function)
    return write(citations, by)


def _rendered(style: str, file: CslFile, groups: "Sequence[Sequence[Citation]]", by: By) -> "Rendering":
    try:
        from tajsec.cite.csl import render
    except ImportError as error:
        raise UsageError(f"--style {style} needs {error.name}; install tajsec[csl]") from error
    return render(file, groups, by)
