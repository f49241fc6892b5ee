"""The help page of a command, on one screen: a line for each option of its own, the shared ones named together."""

from collections.abc import Iterator, Sequence
from typing import Any

import click

from tajsec.errors import UsageError

_TOPICS = {"Filters": "filters", "Output": "formats", "Keys": "authoring"}
"""The topics of `tajsec help` that explain the options which commands share."""


class Page(click.Command):
    """A command with a one-screen help page; `sections` are its parameters by heading: Options, Filters, Output."""

    allow_extra_args = True
    """`parse_args` refuses them, with the line to type instead."""

    def __init__(self, name: str, *, sections: dict[str, list[click.Parameter]], **given: Any) -> None:  # noqa: ANN401
        """`sections` replaces `params`; the other arguments are those of `click.Command`."""
        super().__init__(name, params=[each for params in sections.values() for each in params], **given)
        self.sections = sections

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments. Raises BadParameter for an empty value, or UsageError for a second value of an option.

        An empty value is a variable of a script that is not set: as a path it would be the current folder, and as a
        filter every fact. Words of a query may be empty. Of two values Click would take the last one without a word.
        """
        if not ctx.resilient_parsing:
            given, _, order = self.make_parser(ctx).parse_args(list(args))
            for param in self.params:
                value = given.get(param.name or "")
                if "" in (value if isinstance(value, list | tuple) else (value,)) and param.name != "words":
                    raise click.BadParameter("empty; give a value, or leave it out", ctx, param)
                if _takes_one(param) and order.count(param) > 1:
                    raise UsageError(f"{max(param.opts, key=len)}: given twice; keep one")
        typed = list(args)
        extra = super().parse_args(ctx, args)
        if extra and not ctx.resilient_parsing:
            raise self._unexpected(ctx, typed, extra)
        return extra

    def _unexpected(self, ctx: click.Context, typed: Sequence[str], extra: Sequence[str]) -> Exception:
        """Return the error for arguments that are too many."""
        taken = [param for param in self.params if isinstance(param, click.Argument)]
        from tajsec.cli.other_words import LISTS, unexpected

        has_words = self.name in LISTS or bool(self.sections.get("Filters"))
        if not has_words or any(param.required for param in taken):
            listed = " ".join(extra)
            return click.UsageError(f"got unexpected extra argument{'s' * (len(extra) > 1)} ({listed})", ctx)
        from tajsec.cli.complete import store_of

        words = [*(str(ctx.params[param.name]) for param in taken if param.name), *extra]
        return unexpected(ctx, store_of(ctx), words, _without(typed, words))

    def options(self, ctx: click.Context) -> dict[str, list[click.Option]]:
        """Return the options under the headings of the page; `--help` is the last one."""
        found = {
            heading: [each for each in params if isinstance(each, click.Option)]
            for heading, params in self.sections.items()
        }
        if help_option := self.get_help_option(ctx):
            found[list(found)[-1]].append(help_option)
        return {heading: options for heading, options in found.items() if options}

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does as one paragraph."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(" ".join((self.help or "").split()))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        sections = self.options(ctx)
        if own := sections.pop("Options", None):
            with formatter.section("Options"):
                formatter.write_dl([(_brief(ctx, each), _about(ctx, each)) for each in own])
        if sections:
            formatter.write_paragraph()
        for heading, options in sections.items():
            formatter.write_heading(f"{heading} (tajsec help {_TOPICS[heading]})")
            for line in _lines([_brief(ctx, each) for each in options], formatter.width - 2):
                formatter.write(f"  {line}\n")


def _without(typed: Sequence[str], words: Sequence[str]) -> list[str]:
    """Return arguments without these words; one behind an option is taken for its value, if the word is there twice."""
    left = list(typed)
    for word in words:
        places = [n for n, each in enumerate(left) if each == word]
        free = [n for n in places if not (n and left[n - 1].startswith("-"))]
        del left[(free or places)[0]]
    return left


def _takes_one(param: click.Parameter) -> bool:
    return isinstance(param, click.Option) and not (param.is_flag or param.multiple or param.count)


def value_name(ctx: click.Context, option: click.Option) -> str:
    """Return the name of an option's value, or the values it takes: `DATE`, `N`, `auto|always|never`; "" for a flag."""
    if option.is_flag or option.count:
        return ""
    if option.metavar is None and isinstance(option.type, click.types.IntParamType):
        return "N"
    return option.make_metavar(ctx).strip("[]")


def default_value(ctx: click.Context, option: click.Option) -> str:
    """Return the value that an option has if it is not given, or "" if its page does not name one."""
    return option.get_help_extra(ctx).get("default", "")


def _brief(ctx: click.Context, option: click.Option) -> str:
    """Return an option as one types it: `--since DATE`, `--color auto|always|never`."""
    return f"{', '.join(option.opts)} {value_name(ctx, option)}".rstrip()


def _about(ctx: click.Context, option: click.Option) -> str:
    default = default_value(ctx, option)
    return f"{option.help or ''}  [default: {default}]" if default else option.help or ""


def _lines(items: Sequence[str], width: int) -> Iterator[str]:
    """Yield items side by side, two spaces apart, in lines of this width."""
    line = ""
    for item in items:
        if line and len(line) + 2 + len(item) > width:
            yield line
            line = ""
        line = f"{line}  {item}" if line else item
    yield line
