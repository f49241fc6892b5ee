"""A page for each code: of lint with data that breaks the rule and data that keeps it, of verify with what to do.

The pages are sections of code_pages.md. The tests lint the data of each: the first block breaks the rule, the second
keeps it.
"""

import re
from importlib.resources import files
from typing import NamedTuple

from tajsec.check.lint import codes
from tajsec.errors import UnknownName
from tajsec.text.spelling import near_names

_SECTION = re.compile(r"^## ([TV]\d{3})\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$\n?", re.MULTILINE | re.DOTALL)


class CodePage(NamedTuple):
    """The page of a code in Markdown, and its examples: pairs of language and text, as (`toml`, `id = "a"`)."""

    code: str
    markdown: str

    @property
    def examples(self) -> list[tuple[str, str]]:
        """The blocks of code: data that breaks the rule, then data that keeps it."""
        return [(language, text) for language, text in _BLOCK.findall(self.markdown)]


def code_pages() -> dict[str, CodePage]:
    """Return the pages by their codes."""
    text = (files("tajsec.check") / "code_pages.md").read_text(encoding="utf-8")
    return {code: CodePage(code, body.strip()) for code, body in _SECTION.findall(text)}


def explained(code: str) -> str:
    """Return the page of a code as plain text. Raises UnknownName."""
    known, code = codes(), code.upper()
    if code not in known:
        raise UnknownName("code", code, near_names(code, known), "tajsec lint --codes")
    return f"{code}  {known[code]}\n\n{_plain(code_pages()[code].markdown)}\n"


def _plain(markdown: str) -> str:
    """Return Markdown as text for a terminal: blocks of code are indented."""
    return _BLOCK.sub(lambda block: re.sub(r"^(?=.)", "    ", block[2], flags=re.MULTILINE), markdown)
