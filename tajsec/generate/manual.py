"""The manual pages, made of the commands when the wheel is built: `tajsec.1`, and `tajsec-COMMAND.1` for each."""

from collections.abc import Iterable, Iterator

from tajsec import __version__
from tajsec.cli.app import SECTIONS, app
from tajsec.cli.topics import TOPICS, topic_text
from tajsec.generate.commands import Command, Parameter, commands

_ESCAPES = {"\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti", '"': "\\(dq"}

_ENVIRONMENT = {
    "TAJSEC_FACTS": "Folders of facts that every command adds, as in PATH; a ~ at the start of one is the home folder.",
    "XDG_DATA_HOME": "Where packs are found, in the folder tajsec/packs; a relative path does not count.",
    "NO_COLOR": "If it is not empty, nothing is coloured.",
    "FORCE_COLOR": "If it is not empty, output is coloured in a pipe too.",
    "TAJSEC_PAGER": "The pager for what is taller than the terminal, empty for none; if it is not set, PAGER "
    "names it, and else list and differences go through less.",
    "TAJSEC_DEBUG": "If it is not empty, a bug of ours is shown with its traceback.",
    "XDG_CACHE_HOME": "Where compiled stores are kept, in the folder tajsec; a relative path does not count.",
}


def manual_pages(date: str) -> dict[str, str]:
    """Return the text of each page by the name of its file; `date` is printed at its foot."""
    pages = {"tajsec": _whole(), **{f"tajsec-{_dashed(each.name)}": _page(each) for each in commands()}}
    return {f"{name}.1": f"{_head(name, date)}\n{text}" for name, text in pages.items()}


def _dashed(name: str) -> str:
    """Return the name of a command as that of its page has it: `new-fact`."""
    return name.replace(" ", "-")


def roff(text: str) -> str:
    """Return a text escaped, so that roff shows every character as it is and reads none as a request."""
    shown = "".join(_ESCAPES.get(char) or (char if char.isascii() else f"\\[u{ord(char):04X}]") for char in text)
    return "\n".join(f"\\&{line}" if line.startswith(".") else line for line in shown.split("\n"))


def _whole() -> str:
    lines = [*_name("tajsec", (app.help or "").partition(":")[0]), ".SH SYNOPSIS"]
    lines += [".B tajsec", ".I COMMAND", "[\\fIOPTION\\fR]... [\\fIARGUMENT\\fR]..."]
    lines += [".SH DESCRIPTION", roff(" ".join((app.help or "").split()))]
    for heading, listed in SECTIONS.items():
        lines += [f".SS {roff(heading)}"]
        own = [each for each in commands() if each.name.partition(" ")[0] in listed]
        lines += [line for each in own for line in _item(f"\\fBtajsec\\-{roff(_dashed(each.name))}\\fR(1)", each.about)]
    for topic in TOPICS:
        title, _, text = topic_text(topic).partition("\n\n")
        lines += [f".SH {roff(topic.replace('-', ' ').upper())}", f"{roff(title)}.", *_paragraphs(text)]
    lines += [
        ".SH ENVIRONMENT",
        *(line for name, text in _ENVIRONMENT.items() for line in _item(f"\\fB{name}\\fR", text)),
    ]
    return _text(lines)


def _page(command: Command) -> str:
    lines = [*_name(f"tajsec-{_dashed(command.name)}", command.about.rstrip(".")), ".SH SYNOPSIS", roff(command.usage)]
    lines += [".SH DESCRIPTION", roff(command.about), roff(" ".join(command.text.split()))]
    for heading, options in command.sections.items():
        lines += [f".SH {roff(heading.upper())}", *(line for each in options for line in _item(*_described(each)))]
    lines += [".SH EXAMPLES", *_verbatim("\n".join(command.examples))]
    return _text([*lines, ".SH SEE ALSO", ".BR tajsec (1)"])


def _head(name: str, date: str) -> str:
    return f'.TH "{roff(name.upper())}" "1" "{date}" "tajsec {roff(__version__)}" "User Commands"'


def _name(name: str, about: str) -> list[str]:
    return [".SH NAME", f"{roff(name)} \\- {roff(about[:1].lower() + about[1:])}"]


def _described(option: Parameter) -> tuple[str, str]:
    value = f" \\fI{roff(option.value)}\\fR" if option.value else ""
    return ", ".join(f"\\fB{roff(name)}\\fR" for name in option.names) + value, option.about


def _item(tag: str, text: str) -> Iterable[str]:
    """Return a tagged paragraph; the tag is roff already."""
    return ".TP", tag, roff(text)


def _paragraphs(text: str) -> Iterator[str]:
    """Return paragraphs; an indented one keeps its lines."""
    for paragraph in text.strip("\n").split("\n\n"):
        yield from (".PP", *(_verbatim(paragraph) if paragraph.startswith(" ") else [roff(paragraph)]))


def _verbatim(text: str) -> Iterable[str]:
    """Return lines that are not filled."""
    return ".nf", *(roff(line) for line in text.split("\n")), ".fi"


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines if line)
