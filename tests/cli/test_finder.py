"""The finder: what its keys do, and what it draws."""

from collections.abc import Callable, Sequence

import pytest

from tajsec.errors import UsageError
from tajsec.search.as_you_type import Found, Row

UP, DOWN, SHIFT_DOWN, SHIFT_UP = "\x1b[A", "\x1b[B", "\x1b[1;2B", "\x1b[1;2A"
TAB, SHIFT_TAB, ENTER, ESCAPE, CTRL_C, CTRL_O, CTRL_Y = "\t", "\x1b[Z", "\r", "\x1b", "\x03", "\x0f", "\x19"
PAGE_DOWN, CTRL_END = "\x1b[6~", "\x1b[1;5F"
NAMES = [f"fact-{n}" for n in range(40)]


pytest.importorskip("prompt_toolkit", reason="the extra tajsec[pick] is not installed")


def fact(name: str, **more: object) -> dict:
    keys = {"statement": f"Statement of {name}.", "when": "2012", "as_of": None, "status": "completed"}
    bare = {"rank": "normal", "draft": None, "notes": None, "cites": [], "superseded_by": [], "differs_from": []}
    return {"id": name, **keys, **bare, **more}


class Actions:
    """Facts whose name holds what is typed; `first` is called when the first one is drawn, `keys` sent then."""

    def __init__(self, first: Callable[[], None]) -> None:
        self.first: Callable[[], None] | None = first
        self.asked, self.copied, self.opened, self.widths = [], [], [], set()

    def find(self, typed: str) -> Found:
        self.asked.append(typed)
        if typed == "refuse":
            raise UsageError("that is refused")
        rows = [Row(fact(name)) for name in NAMES if name.endswith(typed)]
        return Found(rows, len(rows), () if rows else ("nothing here",))

    def card(self, record: dict, width: int) -> str:
        if self.first:
            first, self.first = self.first, None
            first()
        self.widths.add(width)
        return "\n".join(f"{record['id']} line {n}" for n in range(100))

    def copy(self, records: Sequence[dict]) -> str:
        self.copied.append([record["id"] for record in records])
        return "copied"

    def open(self, record: dict) -> str:
        self.opened.append(record["id"])
        return "opened"


def play(keys: str, *, typed: str = "", at_once: bool = False) -> tuple[list[str] | None, Actions]:
    """Press keys when the first facts are drawn, or at once; return the ids that are picked, and the actions."""
    from prompt_toolkit.input import create_pipe_input
    from prompt_toolkit.output import DummyOutput

    from tajsec.cli.finder import Finder

    with create_pipe_input() as source:
        actions = Actions(lambda: None if at_once else source.send_text(keys))
        if at_once:
            source.send_text(keys)
        found = Finder(actions, source, DummyOutput(), typed=typed).run()
    return None if found is None else [record["id"] for record in found], actions


@pytest.mark.parametrize(
    ("keys", "picked"),
    [
        (ENTER, ["fact-0"]),
        (DOWN + DOWN + UP + ENTER, ["fact-1"]),
        (UP + ENTER, ["fact-0"]),
        (CTRL_END + ENTER, ["fact-39"]),
        (CTRL_END + DOWN + ENTER, ["fact-39"]),
        (SHIFT_DOWN + ENTER, ["fact-0"]),
        (DOWN + TAB + TAB + ENTER, ["fact-1", "fact-2"]),
        (CTRL_END + TAB + SHIFT_TAB + SHIFT_TAB + ENTER, ["fact-38"]),
        (DOWN + TAB + SHIFT_TAB + SHIFT_TAB + ENTER, ["fact-2"]),
        (CTRL_END + TAB + UP + UP + TAB + ENTER, ["fact-39", "fact-37"]),
        (ESCAPE, None),
        (CTRL_C, None),
        ("\x07", None),
        (TAB + ESCAPE, None),
        (DOWN + ENTER + ENTER + CTRL_C, ["fact-1"]),
        (CTRL_C + CTRL_C + ENTER, None),
    ],
)
def test_a_key_does_what_the_help_says(keys: str, picked: list[str] | None) -> None:
    assert play(keys)[0] == picked


def test_a_page_is_what_can_be_seen_of_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    (first,), _ = play(PAGE_DOWN + ENTER)
    (second,), _ = play(PAGE_DOWN + PAGE_DOWN + ENTER)
    assert int(second[5:]) == 2 * int(first[5:]) > 2


def test_enter_waits_for_what_was_typed_to_be_found() -> None:
    picked, actions = play("t-39" + ENTER, at_once=True)
    assert picked == ["fact-39"]
    assert actions.asked[-1] == "t-39"


def test_keys_that_follow_one_another_at_once_are_searched_together() -> None:
    _, actions = play("t-39" + ENTER)
    assert actions.asked == ["", "t-39"]


def test_marks_stay_while_one_looks_for_more() -> None:
    assert play(TAB + "t-39" + ENTER)[0] == ["fact-0"]


def test_where_nothing_is_left_nothing_is_picked() -> None:
    assert play(TAB + CTRL_Y + CTRL_O + ENTER, typed="zzz", at_once=True)[0] == []


def test_copying_takes_the_marked_facts_or_the_one_pointed_at() -> None:
    _, actions = play(CTRL_Y + TAB + TAB + CTRL_Y + ESCAPE)
    assert actions.copied == [["fact-0"], ["fact-0", "fact-1"]]


def test_opening_takes_the_fact_pointed_at() -> None:
    _, actions = play(TAB + CTRL_O + ENTER)
    assert actions.opened == ["fact-1"]


def test_a_query_that_is_refused_is_told_and_can_be_mended() -> None:
    assert play("\x15" + "39" + ENTER, typed="refuse", at_once=True)[0] == ["fact-39"]


def test_a_paste_of_several_lines_is_one_line() -> None:
    _, actions = play("\x1b[200~fact\n 39 \x1b[201~" + ENTER, at_once=True)
    assert actions.asked[-1] == "fact 39"


def test_a_bug_in_the_search_ends_the_finder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Actions, "find", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        play(ENTER, at_once=True)


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ({"when": "2012-10-05"}, "2012"),
        ({"when": "1992/.."}, "since 1992"),
        ({"when": "../2021"}, "until 2021"),
        ({"when": "2011-07/2012"}, "2011-2012"),
        ({"when": "2012-04~"}, "~2012"),
        ({"when": "{2015-03,2015-09,2017?}"}, "2015, 2017?"),
        ({"when": None, "as_of": "2022?"}, "as of 2022?"),
    ],
)
def test_the_list_gives_the_years_of_a_fact_as_surely_as_they_are_known(keys: dict, shown: str) -> None:
    from tajsec.cli.finder import _year

    assert _year(fact("x", **keys)) == shown


def test_the_list_says_what_is_planned_and_what_is_superseded() -> None:
    from tajsec.cli.finder import _tag

    assert _tag(fact("x", status="planned", superseded_by=["y"])) == "planned superseded "
    assert _tag(fact("x", rank="deprecated", notes="n", status="completed")) == "deprecated "
    assert _tag(fact("x", status="completed", differs_from=["y"])) == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("short", "short"),
        ("over twelve columns", "over twelve…"),
        ("日本語日本語日本語", "日本語日本…"),
        ("تاجیکستان و روسیه", "تاجیکستان و…"),
    ],
)
def test_a_line_is_cut_by_the_columns_that_it_takes(text: str, shown: str) -> None:
    from prompt_toolkit.utils import get_cwidth

    from tajsec.cli.finder import _cut

    assert _cut(text, 12, "…") == shown
    assert get_cwidth(shown) <= 12
