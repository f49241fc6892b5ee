"""The interactive finder on a terminal; no other module imports prompt_toolkit (the extra `tajsec[pick]`).

It draws and reads keys; its `Actions` search, show a fact, copy and open. The search runs in a thread of its own, a
moment after the last key, so that typing never waits for it.
"""

import asyncio
import contextlib
import gc
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple, Protocol, TextIO, cast

from prompt_toolkit.application import Application, run_in_terminal
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.data_structures import Point
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import ANSI, StyleAndTextTuples, to_formatted_text
from prompt_toolkit.input import create_input
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.layout import (
    BufferControl,
    Container,
    DynamicContainer,
    HSplit,
    Layout,
    UIContent,
    UIControl,
    VSplit,
    Window,
)
from prompt_toolkit.layout.processors import BeforeInput
from prompt_toolkit.output import ColorDepth, create_output
from prompt_toolkit.styles import Style
from prompt_toolkit.utils import get_cwidth

from tajsec.errors import TajsecError
from tajsec.output import wording
from tajsec.search.as_you_type import Found, Row
from tajsec.text import dates
from tajsec.text.forms import counted, printable

if TYPE_CHECKING:
    from prompt_toolkit.input import Input
    from prompt_toolkit.key_binding import KeyPressEvent
    from prompt_toolkit.output import Output

    from tajsec.output.json_types import Fact
    from tajsec.text.jsontext import Json


PAUSE = 0.03
"""Seconds that a search waits for another key, so that a repeated key searches once; too short to be noticed."""

ESCAPE_SECONDS = 0.05
"""Seconds to wait after Escape, which may begin the code of another key; a local terminal sends codes at once."""

WIDE = 120
"""Terminal width from which the fact is beside the list, not under it: both then have a readable width."""

LOW = 14
"""Rows below which the list alone is shown: with a fact under it, it would have three lines."""

DATE = 11
"""Columns of the years in the list, such as `as of 2022?`."""

_STYLE = Style.from_dict(
    {
        "prompt": "ansicyan bold",
        "rule": "ansibrightblack",
        "count": "ansiyellow",
        "pointer": "ansicyan bold",
        "mark": "ansigreen bold",
        "date": "ansicyan",
        "tag": "ansimagenta",
        "match": "ansigreen bold",
        "focus": "bold",
        "help": "ansibrightblack",
        "key": "ansicyan",
        "message": "ansiyellow",
    }
)

_HELP = (
    ("enter", "pick"),
    ("esc", "leave"),
    ("tab", "mark"),
    ("ctrl-y", "copy citation"),
    ("ctrl-o", "open source"),
    ("shift-up/down", "scroll the fact"),
    ("pgup/pgdn", "page"),
)


Lines = tuple[int, int, Callable[[int], StyleAndTextTuples]]
"""The number of lines, the number of the one that must be visible, and what returns the line of a number."""


class Actions(Protocol):
    """What the finder calls. `find` is called in a thread of its own, the others are not."""

    def find(self, typed: str) -> Found:
        """Return the facts that match what was typed. Raises TajsecError."""

    def card(self, record: "Json", width: int) -> str:
        """Return a fact with all its details, as text for a terminal of this width."""

    def copy(self, records: "Sequence[Json]") -> str:
        """Copy the citations of facts, and return a message. Raises TajsecError."""

    def open(self, record: "Json") -> str:
        """Open the source of a fact, and return a message. Raises TajsecError."""


class Signs(NamedTuple):
    """The characters of lines and marks."""

    pointer: str = "▌"
    mark: str = "●"
    across: str = "─"
    down: str = "│"
    cut: str = "…"


ASCII = Signs(pointer=">", mark="*", across="-", down="|", cut="~")


def terminal_of(reader: TextIO, writer: TextIO) -> "tuple[Input, Output]":
    """Return the input and the output of prompt_toolkit for two streams."""
    return create_input(reader), create_output(writer)


class Finder:
    """One run of the finder: what was typed, which facts match, which row is current, which are marked."""

    def __init__(
        self,
        actions: Actions,
        source: "Input",
        target: "Output",
        *,
        typed: str = "",
        about: str = "",
        color: bool = True,
        ascii: bool = False,
    ) -> None:
        """`typed` is the query at the start; `about` names the filters."""
        self._actions, self._target, self._about = actions, target, about
        self._signs = ASCII if ascii else Signs()
        self._query = Buffer(multiline=False, on_text_changed=lambda _: self._search(), document=Document(typed))
        self._found = Found((), 0)
        self._current, self._scroll, self._page = 0, 0, 1
        self._marked: dict[str, Json] = {}
        self._message = ""
        self._asked, self._answered = 0, -1  # numbers of searches: the newest, and the one that is shown
        self._accepting = False
        self._cards: dict[tuple[str, int], list[StyleAndTextTuples]] = {}
        self._thread = ThreadPoolExecutor(1)
        self._application: Application[Sequence[Json] | None] = Application(
            layout=Layout(self._layout()),
            style=_STYLE,
            key_bindings=self._keys(),
            full_screen=True,
            color_depth=None if color else ColorDepth.DEPTH_1_BIT,
            input=source,
            output=target,
        )
        self._application.ttimeoutlen = self._application.timeoutlen = ESCAPE_SECONDS

    def run(self) -> "Sequence[Json] | None":
        """Return the facts that the user picks (an empty list if none matched), or None if they leave."""
        gc.enable()  # `main` disables it for commands that end in a moment
        with self._thread:
            return self._application.run(pre_run=self._start)

    def _start(self) -> None:
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):  # Windows, or not the main thread
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self._leave)
        self._search()

    def _leave(self) -> None:
        self._end(None)

    def _end(self, picked: "Sequence[Json] | None") -> None:
        if not self._application.is_done:  # more keys may already have been read
            self._application.exit(result=picked)

    # ------------------------------------------------------------ searching

    def _search(self) -> None:
        """Search for the query as it is now, unless another key follows at once."""
        self._asked, self._message = self._asked + 1, ""
        self._application.create_background_task(self._find(self._asked))

    async def _find(self, number: int) -> None:
        await asyncio.sleep(PAUSE if self._answered >= 0 else 0)
        if number != self._asked:
            return
        try:
            work = asyncio.get_running_loop().run_in_executor(self._thread, self._actions.find, self._query.text)
            found = await work
        except TajsecError as error:
            found = Found((), 0, [str(error)])
        except Exception as error:  # a bug of ours ends the finder, and is reported as any other
            self._application.exit(exception=error)
            return
        if number == self._asked:
            self._found, self._answered = found, number
            self._current = self._scroll = 0
            if self._accepting:
                self._accept()
            self._application.invalidate()

    # ------------------------------------------------------------ keys

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()
        for names, act in {
            "enter": self._accept,
            "escape c-c c-g <sigint>": self._leave,
            "up c-p": lambda: self._move(-1),
            "down c-n": lambda: self._move(1),
            "pageup": lambda: self._move(-self._page),
            "pagedown": lambda: self._move(self._page),
            "c-home": lambda: self._move(-len(self._found.rows)),
            "c-end": lambda: self._move(len(self._found.rows)),
            "s-up c-up": lambda: self._scroll_card(-1),
            "s-down c-down": lambda: self._scroll_card(1),
            "tab": lambda: self._mark(1),
            "s-tab": lambda: self._mark(-1),
            "c-y": lambda: self._try(lambda: self._actions.copy(self._picked())),
            "c-o": self._open,
            "c-z": lambda: self._application.suspend_to_background(),
        }.items():
            for name in names.split():
                keys.add(name, eager=name == "escape")(self._pressed(act))

        @keys.add("<bracketed-paste>")
        def paste(event: "KeyPressEvent") -> None:
            self._query.insert_text(" ".join(event.data.split()))

        return keys

    def _pressed(self, act: Callable[[], None]) -> "Callable[[KeyPressEvent], None]":
        def press(_event: "KeyPressEvent") -> None:
            self._message = ""
            act()

        return press

    def _accept(self) -> None:
        """End with the picked facts; while a search runs, as soon as it is done."""
        self._accepting = self._answered != self._asked
        if not self._accepting:
            self._end(self._picked())

    def _picked(self) -> "Sequence[Json]":
        """Return the marked facts, in the order of marking; without any, the current one."""
        row = self._row()
        return list(self._marked.values()) or ([row.record] if row else [])

    def _row(self) -> Row | None:
        return self._found.rows[self._current] if self._found.rows else None

    def _move(self, steps: int) -> None:
        self._current = max(0, min(self._current + steps, len(self._found.rows) - 1))
        self._scroll = 0

    def _scroll_card(self, lines: int) -> None:
        self._scroll = max(0, self._scroll + lines)

    def _mark(self, steps: int) -> None:
        row = self._row()
        if row and self._marked.pop(row.record["id"], None) is None:
            self._marked[row.record["id"]] = row.record
        self._move(steps)

    def _try(self, act: Callable[[], str]) -> None:
        """Show the message that an action on the picked facts returns, or its error."""
        if self._picked():
            try:
                self._message = act()
            except TajsecError as error:
                self._message = str(error)

    def _open(self) -> None:
        if row := self._row():
            # some browsers draw on the terminal
            run_in_terminal(lambda: self._try(lambda: self._actions.open(row.record)))

    # ------------------------------------------------------------ drawing

    def _layout(self) -> Container:
        def is_wide() -> bool:
            return self._target.get_size().columns >= WIDE

        def is_low() -> bool:
            return self._target.get_size().rows < LOW

        def width_of_list() -> int | None:
            return self._target.get_size().columns * 9 // 20 if is_wide() else None

        def height_of_list() -> int | None:
            return None if is_wide() or is_low() else self._target.get_size().rows * 3 // 10

        def line(text: Callable[[int], StyleAndTextTuples]) -> Window:
            return Window(_Control(lambda width, _: (1, 0, lambda _: text(width))), height=1)

        names = Window(_Control(self._listed), width=width_of_list, height=height_of_list)
        whole = HSplit([line(self._title), Window(_Control(self._card))])
        wall = Window(char=self._signs.down, width=1, style="class:rule")
        beside, stacked = VSplit([names, wall, Window(width=1), whole]), HSplit([names, whole])
        prompt = BufferControl(self._query, input_processors=[BeforeInput("> ", style="class:prompt")])
        body = DynamicContainer(lambda: beside if is_wide() else names if is_low() else stacked)
        return HSplit([Window(prompt, height=1), line(self._counts), body, line(self._foot)])

    def _rule(self, width: int, head: str, style: str, tail: str = "") -> StyleAndTextTuples:
        start = self._signs.across * 2
        rest = self._signs.across * max(0, width - sum(map(get_cwidth, (start, head, tail))))
        return [("class:rule", start), (style, head), ("class:rule", rest), ("class:count", tail)]

    def _counts(self, width: int) -> StyleAndTextTuples:
        shown, total = len(self._found.rows), self._found.total
        count = counted(total, "fact") if shown == total else f"first {shown} of {counted(total, 'fact')}"
        marked = f", {len(self._marked)} marked" if self._marked else ""
        head = "searching" if self._answered < 0 else f"{count}{marked}"
        tail = printable("; ".join(filter(None, [*self._found.told, self._about])))
        return self._rule(
            width, f" {head} ", "class:count", f" {_cut(tail, width // 2, self._signs.cut)} " if tail else ""
        )

    def _title(self, width: int) -> StyleAndTextTuples:
        row = self._row()
        return self._rule(width, f" {row.record['id']} " if row else "", "class:focus")

    def _foot(self, width: int) -> StyleAndTextTuples:
        if self._message:
            return [("class:message", _cut(f" {printable(self._message)}", width, self._signs.cut))]
        return list(_help(width))

    def _listed(self, width: int, height: int) -> Lines:
        self._page = max(1, height - 1)
        if not self._found.rows:
            room = max(1, width - 4)
            why = [line for each in self._found.reasons for line in wrap(printable(each), room, break_on_hyphens=False)]
            return len(why), 0, lambda n: [("class:message", f"  {why[n]}")]
        return len(self._found.rows), self._current, lambda n: self._line(n, width)

    def _line(self, number: int, width: int) -> StyleAndTextTuples:
        row = self._found.rows[number]
        here = number == self._current
        mark = self._signs.mark if row.record["id"] in self._marked else " "
        tag = _tag(row.record)
        room = width - 3 - DATE - 1 - len(tag)
        return [
            ("class:pointer", self._signs.pointer if here else " "),
            ("class:mark", f"{mark} "),
            ("class:date", f"{_cut(_year(row.record), DATE, self._signs.cut):{DATE}} "),
            ("class:tag", tag),
            *_statement(row, room, "class:focus" if here else "", self._signs.cut),
        ]

    def _card(self, width: int, height: int) -> Lines:
        row = self._row()
        if row is None:
            return 0, 0, lambda _: []
        lines = self._lines_of(row.record, width)
        self._scroll = min(self._scroll, max(0, len(lines) - height))
        shown = lines[self._scroll : self._scroll + height]
        below = len(lines) - self._scroll - height
        if below > 0:
            shown[-1] = [("class:help", f"{below + 1} more lines: shift-down")]
        return len(shown), 0, lambda n: shown[n]

    def _lines_of(self, record: "Json", width: int) -> list[StyleAndTextTuples]:
        key = record["id"], width
        if key not in self._cards:
            text = self._actions.card(record, width).rstrip("\n")
            self._cards[key] = [to_formatted_text(ANSI(line)) for line in text.split("\n")]
        return self._cards[key]


class _Control(UIControl):
    """A control that makes lines when they are drawn: of a long list, only the visible ones."""

    def __init__(self, lines: Callable[[int, int], Lines]) -> None:
        """`lines` takes the available width and height."""
        self._lines = lines

    def create_content(self, width: int, height: int) -> UIContent:
        count, current, line = self._lines(width, height)
        return UIContent(line, line_count=count, cursor_position=Point(0, current), show_cursor=False)


def _help(width: int) -> Iterator[tuple[str, str]]:
    """Yield the keys and what they do, as many as have room."""
    for key, what in _HELP:
        width -= len(key) + len(what) + 4
        if width < 0:
            return
        yield "class:key", f" {key} "
        yield "class:help", f"{what}  "


def _tag(record: "Json") -> str:
    """Return the warnings before a statement, such as `planned ` or `deprecated `, but not that others differ."""
    marks = wording.short_marks(cast("Fact", record))
    return "".join(f"{text} " for text, _ in marks if text != "differs")


def _year(record: "Json") -> str:
    """Return the years of a fact, with `~` if approximate and `?` if uncertain: `~1992-1997`."""
    date = dates.parse(record["when"] or record["as_of"])
    if date.members:
        return ", ".join(dict.fromkeys(map(_rough, date.members)))
    start, end = (_rough(each) if each else "" for each in (date.start, date.end))
    if start == end:
        return start if record["when"] else f"as of {start}"
    return f"{start}-{end}" if start and end else f"since {start}" if start else f"until {end}"


def _rough(moment: dates.Moment) -> str:
    return f"{'~' * moment.approximate}{moment.year}{'?' * moment.uncertain}"


def _statement(row: Row, room: int, style: str, cut: str) -> StyleAndTextTuples:
    """Return as much of a statement as has room, with the matching words highlighted."""
    statement = row.record["statement"]
    text = _cut(printable(statement), room, cut)
    spans = row.spans if printable(statement) == statement else ()  # escapes move the offsets
    parts: StyleAndTextTuples = []
    before = 0
    for start, end in spans:
        parts += [(style, text[before:start]), (f"{style} class:match", text[start:end])]
        before = end
    return [*parts, (style, text[before:])]


def _cut(text: str, room: int, cut: str) -> str:
    """Return as much of a text as fits so many columns, with the sign `cut` if it was cut."""
    if get_cwidth(text) <= room:
        return text
    kept, used = 0, get_cwidth(cut)
    for char in text:
        used += get_cwidth(char)
        if used > room:
            break
        kept += 1
    return text[:kept] + cut
