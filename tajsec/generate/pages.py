"""The parts of the docs site that are generated: `docs/conf.py` inserts them where a page names them.

The replies to commands in a page, and the list of modules in `docs/code.md`, are written into the file itself, so that
it can be read on its own: `python -m tajsec.generate.pages FILE...` renews them, and a test fails if they are stale.
"""

import os
import re
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

from tajsec.check.code_pages import code_pages
from tajsec.check.lint import lint_codes
from tajsec.cli.app import SECTIONS, run
from tajsec.cli.terminal import Environment
from tajsec.cli.topics import TOPICS, topic_text
from tajsec.generate.commands import Command, Parameter, commands
from tajsec.generate.modules import with_modules
from tajsec.output import labels, schemas
from tajsec.output.to_json import source_object
from tajsec.store.folder import cache_folder
from tajsec.store.open import open_store
from tajsec.text.urls import is_web_address

if TYPE_CHECKING:
    from tajsec.model.kinds import TermKind
    from tajsec.model.protocol import Store
    from tajsec.model.vocabulary import Term
    from tajsec.output.json_types import Source

RENEW = "python -m tajsec.generate.pages"

_PLACE = re.compile(r"^<!-- made of the tool: ([a-z]+) -->$", re.MULTILINE)
_SESSION = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_TYPED = "$ tajsec "
DAY = "2026-12-01"
"""The day from which the pages count ages: with today's they would change each year by themselves."""

_SIGNS = re.compile(r"[\\`*_{}\[\]()<>#+\-.!|~&:]")
"""What may be markup in a paragraph, where more signs are than in the cell of a table."""
_CODE = re.compile(r"(`[^`]+`|(?<![\w-])--[a-z][a-z-]*)")


def filled(page: str) -> str:
    """Return a page in which each line `<!-- made of the tool: PART -->` is replaced by that part.

    Raises KeyError for a part that does not exist.
    """
    return _PLACE.sub(lambda found: PARTS[found[1]](), page)


def answered(page: str, environment: Environment, environ: Mapping[str, str]) -> str:
    """Return a page in which every `$ tajsec ...` of a console block is followed by the tool's answer."""

    def session(found: re.Match[str]) -> str:
        typed = (line for line in found[0].splitlines() if line.startswith(_TYPED))
        return "\n".join(f"{line}\n{_answer(line.removeprefix(_TYPED), environment, environ)}" for line in typed)

    return _SESSION.sub(session, page)


def _answer(line: str, environment: Environment, environ: Mapping[str, str]) -> str:
    reply = run(shlex.split(line), environment, environ)
    return "".join(f"{each.rstrip()}\n" for each in f"{reply.text}{reply.stderr}".rstrip().splitlines())


# ---------------------------------------------------------------- commands and topics


def _commands() -> str:
    given = [(each.name.partition(" ")[0], _command(each)) for each in commands()]
    sections = (
        [f"## {heading}", *(text for group, text in given if group in names)] for heading, names in SECTIONS.items()
    )
    return "\n\n".join(chain.from_iterable(sections))


def _command(command: Command) -> str:
    lines = [f"### tajsec {command.name}", _text(command.about), _code(command.usage)]
    lines += [_text(" ".join(command.text.split()))] if command.text else []
    for heading, options in command.sections.items():
        lines += [f"**{heading}**", _definitions((_written(each), _about(each)) for each in options)]
    return "\n\n".join([*lines, "**Examples**", _code("\n".join(command.examples))])


def _written(option: Parameter) -> str:
    names = ", ".join(option.names)
    return f"`{names} {option.value}`" if option.value else f"`{names}`"


def _about(option: Parameter) -> str:
    default = f" (default: `{option.default}`)" if option.default else ""
    return f"{_text(option.about)}{default}"


def _topics() -> str:
    return "\n\n".join(f"({topic})=\n\n## tajsec help {topic}\n\n{_topic(topic_text(topic))}" for topic in TOPICS)


def _topic(text: str) -> str:
    title, *paragraphs = text.strip().split("\n\n")
    shown = (_code(dedent(each)) if each.startswith(" ") else _text(each) for each in paragraphs)
    return "\n\n".join([f"{_text(title)}.", *shown])


# ---------------------------------------------------------------- rules and shapes


def _codes(prefix: str) -> str:
    pages = code_pages()
    found = ((code, about) for code, about in lint_codes().items() if code.startswith(prefix))
    return "\n\n".join(f"### {code}\n\n**{_text(about)}**\n\n{pages[code].markdown}" for code, about in found)


def _schemas() -> str:
    return _definitions((f"`tajsec/{name}/1`", _text(schemas.title(name))) for name in schemas.names())


# ---------------------------------------------------------------- names and sources


@cache
def _store() -> "Store":
    return open_store(cache=cache_folder(os.environ))


def _names(kind: "TermKind") -> str:
    return _definitions(
        (f"**{_text(term.name)}** `{term.id}`", _described(term)) for term in _store().vocabulary.of(kind).values()
    )


def _described(term: "Term") -> str:
    also = f"also {'; '.join(term.aliases)}" if term.aliases else ""
    whole = f"part of `{term.part_of}`" if term.part_of else ""
    return _text("; ".join(filter(None, (term.about, whole, also))) or "no other name")


def _sources() -> str:
    return "\n\n".join(_source(source_object(_store(), each)) for each in _store().sources())


def _source(source: "Source") -> str:
    lines = _definitions((f"**{line.label}**", _value(line)) for line in labels.source_lines(source))
    return f"## {_text(source['title'])}\n\n{lines}"


def _value(line: labels.Line) -> str:
    """Return the value of a line as Markdown: an address as a link, an id as code."""
    if is_web_address(line.text):
        return f"<{line.text}>"
    return f"`{line.text}`" if line.label in ("Id", "Copy of") else _text(line.text)


# ---------------------------------------------------------------- Markdown


def _text(text: str) -> str:
    """Return a text as Markdown; text between backticks and options such as `--json` become code."""
    parts = _CODE.split(text)
    parts[::2] = (_SIGNS.sub(r"\\\g<0>", part) for part in parts[::2])
    parts[1::2] = (f"`{part.strip('`')}`" for part in parts[1::2])
    return "".join(parts)


def _definitions(items: Iterable[tuple[str, str]]) -> str:
    return "\n\n".join(f"{term}\n: {' '.join(about.split())}" for term, about in items)


def _code(text: str) -> str:
    return f"```text\n{text}\n```"


PARTS: Mapping[str, Callable[[], str]] = {
    "commands": _commands,
    "topics": _topics,
    "files": lambda: _codes("T1"),
    "values": lambda: _codes("T2"),
    "references": lambda: _codes("T3"),
    "rules": lambda: _codes("T4"),
    "schemas": _schemas,
    "actors": lambda: _names("actor"),
    "subjects": lambda: _names("topic"),
    "places": lambda: _names("place"),
    "sources": _sources,
}
"""The parts that a page can name."""


def _renewed(names: Iterable[str]) -> Iterator[Path]:
    environment = Environment(interactive=True, cache=cache_folder(os.environ), today=DAY)
    for path in map(Path, names):
        page = path.read_text(encoding="utf-8")
        new = with_modules(answered(page, environment, {}))
        if new != page:
            path.write_text(new, encoding="utf-8")
            yield path


if __name__ == "__main__":
    for changed in _renewed(sys.argv[1:]):
        sys.stdout.write(f"{changed}\n")
