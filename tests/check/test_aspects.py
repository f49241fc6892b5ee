"""What is read of each figure of a text from the words around it.

`contexts.txt` has the texts, and indented under each of them what is read. A new text is a line of its own; the lines
under it come with `--update-snapshots`.
"""

from collections.abc import Callable
from pathlib import Path

from tajsec.check.aspects import FigureInContext, figures_in_context
from tajsec.text.figures import described

CONTEXTS = Path(__file__).parent / "contexts.txt"


def told(each: FigureInContext) -> str:
    """What is read of a figure, without what its text does not say."""
    facts = {
        "of a kind with": each.kind if each.kind != each.role else "",
        "part": each.part,
        "bound": each.bound,
        "rate": each.rate,
        "in": each.measure,
        "change": each.change,
        "behind": each.verb,
        "after a part of": described(each.part_count) if each.part_count else "",
        "for": " ".join(each.words),
    }
    return "; ".join([f"  {each.figure}: {each.role}", *(f"{name} {value}" for name, value in facts.items() if value)])


def test_what_is_read_of_each_figure_is_as_it_was(agree: Callable[[Path, str], None]) -> None:
    lines = CONTEXTS.read_text(encoding="utf-8").splitlines()
    texts = [line for line in lines if not line.startswith(" ")]
    agree(CONTEXTS, "".join(f"{line}\n" for text in texts for line in (text, *map(told, figures_in_context(text)))))


def test_the_rates_and_figures_of_the_whole_text_are_known_beside_each() -> None:
    found = figures_in_context("5 boats a year and 7 radios each month, per head")
    assert {each.text_rates for each in found} == {frozenset({"year", "month", "each"})}
    assert {each.text_keys for each in found} == {frozenset({(5.0, ""), (1.0, ""), (7.0, "")})}


def test_a_long_text_is_read_as_a_short_one() -> None:
    text = "In late 2012 the army got 5 boats a year. "
    one, many = figures_in_context(text), figures_in_context(text * 9)
    assert list(map(told, many)) == list(map(told, one)) * 9
