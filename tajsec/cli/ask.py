"""Asks a person on the terminal for values, or takes those that the options give."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

import click

from tajsec.errors import TajsecError, UsageError

_T = TypeVar("_T")

NONE = "-"
"""What a person answers, or an option says, to refuse a proposal."""
LONGEST_SHOWN = 4000
"""Characters of a passage that is shown: two screens; the rest of a longer one is left out."""


class Question(NamedTuple):
    """A value that a command needs: the option that gives it, what it is, and what is proposed."""

    option: str
    """With its dashes; of several, those that serve as well are named: `--url, --doi or --isbn`."""
    label: str
    given: str | None = None
    proposal: str = ""
    is_required: bool = True


class Answers:
    """Collects the answers to questions; whatever is missing is reported at once by `finish`."""

    def __init__(self, *, asks: bool) -> None:
        """`asks` is True if a person sits at the terminal; without one nothing is ever waited for."""
        self.asks = asks
        self.missing = list[str]()

    def show(self, lines: Iterable[str]) -> None:
        """Print lines that help to answer, if somebody is asked."""
        if self.asks:
            for line in lines:
                click.echo(_shown(line), err=True)

    def of(self, question: Question, check: Callable[[str], object] = str) -> str:
        """Return what the option gives, else what a person answers, else the proposal; "" if there is none.

        A person is asked again while `check` raises TajsecError; that of a given or proposed value is raised.
        """
        if question.given is None and self.asks:
            return self._answered(question, check)
        answer = question.proposal if question.given is None else question.given
        if answer in ("", NONE):
            self.missing += [question.option] if question.is_required else []
            return ""
        check(answer)
        return answer

    def _answered(self, question: Question, check: Callable[[str], object]) -> str:
        while True:
            answer = _asked(question)
            try:
                if answer:
                    check(answer)
                elif question.is_required:
                    raise UsageError("needed; write something")
            except TajsecError as error:
                self.show([f"  {error}"])
            else:
                return answer

    def several(
        self, question: Question, given: Sequence[str], check: Callable[[str], object] = str, *, mark: str = ","
    ) -> list[str]:
        """Return the answers to a question that takes several, which a person separates by `mark`."""
        for each in given:
            check(each)
        parts = _parts(mark)
        if given:
            return [each for each in given if each != NONE]
        answer = self.of(question, lambda text: [check(each) for each in parts(text)])
        return parts(answer)

    def confirm(self, text: str, *, proposal: bool = True) -> bool:
        """Return whether a person agrees; True if nobody is asked. `proposal` is what Enter answers."""
        return not self.asks or _until_answered(lambda: click.confirm(_shown(text), default=proposal, err=True))

    def finish(self) -> None:
        """Raise UsageError that names the options of all missing values."""
        if self.missing:
            raise UsageError(f"missing: {', '.join(self.missing)}; give each, or run on a terminal to be asked")


def next_line(*words: object) -> str:
    """Return the line that names the next command to type."""
    from shlex import join

    return f"next: tajsec {join(map(str, words))}"


def _parts(mark: str) -> Callable[[str], list[str]]:
    return lambda text: [part.strip() for part in text.split(mark) if part.strip()]


def _asked(question: Question) -> str:
    if question.proposal:
        text = _until_answered(lambda: click.prompt(_shown(question.label), default=question.proposal, err=True))
        return "" if text.strip() == NONE else str(text).strip()
    return str(
        _until_answered(lambda: click.prompt(_shown(question.label), default="", show_default=False, err=True))
    ).strip()


def _until_answered(ask: Callable[[], _T]) -> _T:
    """Return an answer. Raises UsageError if the person ends the session."""
    try:
        return ask()
    except click.Abort as error:
        raise UsageError("stopped; nothing is written") from error
    except UnicodeDecodeError as error:
        raise UsageError("what was typed is not text in the encoding of the terminal; nothing is written") from error


def _shown(text: str) -> str:
    """Return a line without what a terminal would execute or hide."""
    from tajsec.text.forms import printable

    shown = printable(text)
    return shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}…"
