"""The interactive finder on a terminal: the home of prompt_toolkit (the extra `tajsec[pick]`).

It draws, and it knows the keys; what is found, how a fact looks, and what copying and opening do, it is given as a
`Desk`. The search runs in a thread of its own, a moment after the last key, so that typing never waits for it.
"""

import asyncio
import contextlib
import gc
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple, Protocol, TextIO

from prompt_toolkit.application import Application, run_in_terminal
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.data_structures import Point
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import ANSI, StyleAndTextTuples, to_formatted_text
from prompt_toolkit.input import create_input
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.layout import (
    BufferControl,
    ConditionalContainer,
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
from tajsec.search.as_you_type import Found, Row
from tajsec.text import dates
from tajsec.text.forms import counted, printable

if TYPE_CHECKING:
    from prompt_toolkit.input import Input
    from prompt_toolkit.key_binding import KeyPressEvent
    from prompt_toolkit.output import Output

    from tajsec.text.jsontext import Json


PAUSE = 0.03
"""Seconds after a key within which another one makes the search needless."""


ESCAPE_SECONDS = 0.05
"""How long the Escape key may turn out to begin the code of another key."""


WIDE = 120
"""Columns from which the fact stands beside the list, and not under it."""


LOW = 14
"""Rows under which there is room for the list alone."""


DATE = 11
"""Columns of the year in the list."""


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


Drawn = tuple[int, int, Callable[[int], StyleAndTextTuples]]
"""How many lines there are, which one must be seen, and what gives each."""


class Desk(Protocol):
    """What the finder works with. `find` is called in a thread of its own, the others are not."""

    def find(self, typed: str) -> Found:
        """Give the facts that are left by what was typed. Raises TajsecError."""

    def card(self, record: "Json", width: int) -> str:
        """Give a fact whole, as text for a terminal of this width."""

    def copy(self, records: "Sequence[Json]") -> str:
        """Copy the citations of facts; give a line that says what became of it. Raises TajsecError."""

    def open(self, record: "Json") -> str:
        """Open the source of a fact; give a line that says what became of it. Raises TajsecError."""


class Signs(NamedTuple):
    """What lines and marks are drawn with."""

    pointer: str = "▌"
    mark: str = "●"
    across: str = "─"
    down: str = "│"
    cut: str = "…"


ASCII = Signs(pointer=">", mark="*", across="-", down="|", cut="~")


def terminal_of(reader: TextIO, writer: TextIO) -> "tuple[Input, Output]":
    """Give what the finder reads keys from, and what it draws on."""
    return create_input(reader), create_output(writer)


class Finder:
    """One run of the finder: what was typed, what is left, where the reader stands."""

    def __init__(
        self,
        desk: Desk,
        source: "Input",
        target: "Output",
        *,
        typed: str = "",
        about: str = "",
        color: bool = True,
        ascii: bool = False,
    ) -> None:
        """`typed` is there from the start; `about` says which filters hold."""
        self._desk, self._target, self._about = desk, target, about
        self._signs = ASCII if ascii else Signs()
        self._query = Buffer(multiline=False, on_text_changed=lambda _: self._typed(), document=Document(typed))
        self._found = Found((), 0)
        self._place, self._scroll, self._page = 0, 0, 1
        self._marked: dict[str, Json] = {}
        self._said = ""
        self._asked, self._answered = 0, -1
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
        """Let somebody pick; give the facts (none if there was none to pick), or None if they left."""
        gc.enable()  # a command that is over in a moment does without; this one stays
        with self._thread:
            return self._application.run(pre_run=self._start)

    def _start(self) -> None:
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):  # Windows, or not the main thread
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self._leave)
        self._typed()

    def _leave(self) -> None:
        self._end(None)

    def _end(self, picked: "Sequence[Json] | None") -> None:
        if not self._application.is_done:  # keys may follow the last one at once
            self._application.exit(result=picked)

    # ------------------------------------------------------------ finding

    def _typed(self) -> None:
        """Search for what stands there now, unless another key follows at once."""
        self._asked, self._said = self._asked + 1, ""
        self._application.create_background_task(self._narrow(self._asked))

    async def _narrow(self, turn: int) -> None:
        await asyncio.sleep(PAUSE if self._answered >= 0 else 0)
        if turn != self._asked:
            return
        try:
            work = asyncio.get_running_loop().run_in_executor(self._thread, self._desk.find, self._query.text)
            found = await work
        except TajsecError as error:
            found = Found((), 0, [str(error)])
        except Exception as error:  # a bug of ours ends the finder, and is told as any other
            self._application.exit(exception=error)
            return
        if turn == self._asked:
            self._show(found)

    def _show(self, found: Found) -> None:
        self._found, self._answered = found, self._asked
        self._place = self._scroll = 0
        if self._accepting:
            self._accept()
        self._application.invalidate()

    # ------------------------------------------------------------ keys

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()

        def on(*names: str, eager: bool = False) -> Callable[[Callable[[], None]], None]:
            def bind(act: Callable[[], None]) -> None:
                def press(_event: "KeyPressEvent") -> None:
                    self._said = ""
                    act()

                for name in names:
                    keys.add(name, eager=eager)(press)

            return bind

        on("enter")(self._accept)
        on("c-c", "c-g", "<sigint>")(self._leave)
        on("escape", eager=True)(self._leave)
        on("up", "c-p")(lambda: self._move(-1))
        on("down", "c-n")(lambda: self._move(1))
        on("pageup")(lambda: self._move(-self._page))
        on("pagedown")(lambda: self._move(self._page))
        on("c-home")(lambda: self._move(-len(self._found.rows)))
        on("c-end")(lambda: self._move(len(self._found.rows)))
        on("s-up", "c-up")(lambda: self._turn(-1))
        on("s-down", "c-down")(lambda: self._turn(1))
        on("tab")(lambda: self._mark(1))
        on("s-tab")(lambda: self._mark(-1))
        on("c-y")(lambda: self._told(lambda: self._desk.copy(self._picked())))
        on("c-o")(self._open)
        on("c-z")(lambda: self._application.suspend_to_background())

        @keys.add("<bracketed-paste>")
        def paste(event: "KeyPressEvent") -> None:
            self._query.insert_text(" ".join(event.data.split()))

        return keys

    def _accept(self) -> None:
        """End with what is picked; of words that are still being searched, when they are found."""
        self._accepting = self._answered != self._asked
        if not self._accepting:
            self._end(self._picked())

    def _picked(self) -> "Sequence[Json]":
        """Give the facts that are marked, in the order in which they were; without any, the one that is pointed at."""
        row = self._row()
        return list(self._marked.values()) or ([row.record] if row else [])

    def _row(self) -> Row | None:
        return self._found.rows[self._place] if self._found.rows else None

    def _move(self, steps: int) -> None:
        self._place = max(0, min(self._place + steps, len(self._found.rows) - 1))
        self._scroll = 0

    def _turn(self, lines: int) -> None:
        self._scroll = max(0, self._scroll + lines)

    def _mark(self, steps: int) -> None:
        row = self._row()
        if row and self._marked.pop(row.record["id"], None) is None:
            self._marked[row.record["id"]] = row.record
        self._move(steps)

    def _told(self, act: Callable[[], str]) -> None:
        if self._picked():
            try:
                self._said = act()
            except TajsecError as error:
                self._said = str(error)

    def _open(self) -> None:
        row = self._row()
        if row:
            record = row.record
            run_in_terminal(lambda: self._told(lambda: self._desk.open(record)))  # some browsers draw on the terminal

    # ------------------------------------------------------------ what is drawn

    def _layout(self) -> Container:
        def is_wide() -> bool:
            return self._target.get_size().columns >= WIDE

        def width_of_list() -> int | None:
            columns = self._target.get_size().columns
            return columns * 9 // 20 if is_wide() else None

        def height_of_list() -> int | None:
            rows = self._target.get_size().rows
            return None if is_wide() or rows < LOW else rows * 3 // 10

        def line(text: Callable[[int], StyleAndTextTuples]) -> Window:
            return Window(_Lines(lambda width, _: (1, 0, lambda _: text(width))), height=1)

        names = Window(_Lines(self._listed), width=width_of_list, height=height_of_list)
        whole = HSplit([line(self._title), Window(_Lines(self._card))])
        wall = Window(char=self._signs.down, width=1, style="class:rule")
        beside = VSplit([names, wall, Window(width=1), whole])
        has_room = Condition(lambda: self._target.get_size().rows >= LOW)
        stacked = HSplit([names, ConditionalContainer(whole, filter=has_room)])
        prompt = BufferControl(self._query, input_processors=[BeforeInput("> ", style="class:prompt")])
        return HSplit(
            [
                Window(prompt, height=1),
                line(self._counts),
                DynamicContainer(lambda: beside if is_wide() else stacked),
                line(self._foot),
            ]
        )

    def _rule(self, width: int, head: str, style: str, tail: str = "") -> StyleAndTextTuples:
        start = self._signs.across * 2
        room = width - sum(map(get_cwidth, (start, head, tail)))
        return [
            ("class:rule", start),
            (style, head),
            ("class:rule", self._signs.across * max(0, room)),
            ("class:count", tail),
        ]

    def _counts(self, width: int) -> StyleAndTextTuples:
        shown, total = len(self._found.rows), self._found.total
        count = counted(total, "fact") if shown == total else f"first {shown} of {counted(total, 'fact')}"
        marked = f", {len(self._marked)} marked" if self._marked else ""
        head = "searching" if self._answered < 0 else f"{count}{marked}"
        return self._rule(width, f" {head} ", "class:count", f" {printable(self._about)} " if self._about else "")

    def _title(self, width: int) -> StyleAndTextTuples:
        row = self._row()
        return self._rule(width, f" {row.record['id']} " if row else "", "class:focus")

    def _foot(self, width: int) -> StyleAndTextTuples:
        if self._said:
            return [("class:message", _cut(f" {printable(self._said)}", width, self._signs.cut))]
        return list(_help(width))

    def _listed(self, width: int, height: int) -> Drawn:
        self._page = max(1, height - 1)
        if not self._found.rows:
            why = [
                line
                for each in self._found.reasons
                for line in wrap(printable(each), max(1, width - 4), break_on_hyphens=False)
            ]
            return len(why), 0, lambda n: [("class:message", f"  {why[n]}")]
        return len(self._found.rows), self._place, lambda n: self._line(n, width)

    def _line(self, number: int, width: int) -> StyleAndTextTuples:
        row = self._found.rows[number]
        here = number == self._place
        pointer = self._signs.pointer if here else " "
        mark = self._signs.mark if row.record["id"] in self._marked else " "
        tag = _tag(row.record)
        room = width - 3 - DATE - 1 - len(tag)
        return [
            ("class:pointer", pointer),
            ("class:mark", f"{mark} "),
            ("class:date", f"{_year(row.record):{DATE}} "),
            ("class:tag", tag),
            *_statement(row, room, "class:focus" if here else "", self._signs.cut),
        ]

    def _card(self, width: int, height: int) -> Drawn:
        row = self._row()
        if row is None:
            return 0, 0, lambda _: []
        lines = self._lines_of(row.record, width)
        self._scroll = min(self._scroll, max(0, len(lines) - height))
        shown = lines[self._scroll : self._scroll + height]
        if self._scroll + height < len(lines):
            below = f"{len(lines) - self._scroll - height + 1} more lines: shift-down"
            shown[-1] = [("class:help", below)]
        return len(shown), 0, lambda n: shown[n]

    def _lines_of(self, record: "Json", width: int) -> list[StyleAndTextTuples]:
        key = record["id"], width
        if key not in self._cards:
            text = self._desk.card(record, width).rstrip("\n")
            self._cards[key] = [to_formatted_text(ANSI(line)) for line in text.split("\n")]
        return self._cards[key]


class _Lines(UIControl):
    """Lines that are made when they are drawn: of a long list, those that can be seen."""

    def __init__(self, lines: Callable[[int, int], Drawn]) -> None:
        """`lines` takes the width and height that there is room for."""
        self._lines = lines

    def create_content(self, width: int, height: int) -> UIContent:
        count, place, line = self._lines(width, height)
        return UIContent(line, line_count=count, cursor_position=Point(0, place), show_cursor=False)


def _help(width: int) -> Iterator[tuple[str, str]]:
    """Give the keys, as many as have room."""
    for key, what in _HELP:
        width -= len(key) + len(what) + 4
        if width < 0:
            return
        yield "class:key", f" {key} "
        yield "class:help", f"{what}  "


def _tag(record: "Json") -> str:
    """Give what must be known of a fact before it is cited, if it is planned, only stated, or superseded."""
    status = f"{record['status']} " if record["status"] in ("planned", "stated") else ""
    return f"{status}superseded " if record["superseded_by"] else status


def _year(record: "Json") -> str:
    """Give the years of a fact, as surely as they are known; its card has the whole date."""
    date = dates.parse(record["when"] or record["as_of"])
    start, end = (_rough(each) if each else "" for each in (date.start, date.end))
    if start == end:
        return start if record["when"] else f"as of {start}"
    return f"{start}-{end}" if start and end else f"since {start}" if start else f"until {end}"


def _rough(moment: dates.Moment) -> str:
    return f"{'~' * moment.approximate}{moment.year}{'?' * moment.uncertain}"


def _statement(row: Row, room: int, style: str, cut: str) -> StyleAndTextTuples:
    """Give as much of a statement as has room, the words set off that answer."""
    statement = row.record["statement"]
    shown = printable(statement)
    if shown != statement or not row.spans:
        return [(style, _cut(shown, room, cut))]
    text = _cut(statement, room, cut)
    parts: StyleAndTextTuples = []
    before = 0
    for start, end in row.spans:
        parts += [(style, text[before:start]), (f"{style} class:match", text[start:end])]
        before = end
    return [*parts, (style, text[before:])]


def _cut(text: str, room: int, cut: str) -> str:
    """Give as much of a text as has room in so many columns, with a sign where it was cut."""
    if get_cwidth(text) <= room:
        return text
    kept, used = 0, get_cwidth(cut)
    for char in text:
        used += get_cwidth(char)
        if used > room:
            break
        kept += 1
    return text[:kept] + cut
