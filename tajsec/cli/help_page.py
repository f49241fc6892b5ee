"""The help page of a command, on one screen: a line for each option of its own, the shared ones named together."""

from collections.abc import Collection, Iterator, Sequence

import click

_TOPICS = {"Filters": "filters", "Output": "formats"}
"""What explains the options that commands share."""


class Page(click.Command):
    """A command with such a page. `own` are the names of the parameters that are its own, `filters` of the filters."""

    def __init__(self, name: str, *, own: Collection[str], filters: Collection[str], **given: object) -> None:
        """Take what Click takes for a command besides."""
        super().__init__(name, **given)  # type: ignore[arg-type]
        self.own, self.filters = own, filters

    def options(self, ctx: click.Context) -> dict[str, list[click.Option]]:
        """Give the options under the headings of the page: its own, filters, and what all commands have."""
        found: dict[str, list[click.Option]] = {heading: [] for heading in ("Options", *_TOPICS)}
        for each in self.get_params(ctx):
            if isinstance(each, click.Option) and not each.hidden:
                found[self._heading(each.name or "")].append(each)
        if found["Output"] == [self.get_help_option(ctx)]:
            found["Options"] += found.pop("Output")
        return {heading: options for heading, options in found.items() if options}

    def _heading(self, name: str) -> str:
        return "Options" if name in self.own else "Filters" if name in self.filters else "Output"

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


def _brief(ctx: click.Context, option: click.Option) -> str:
    """Give an option in a few words: `--since DATE`, `--color auto|always|never`."""
    names = ", ".join(option.opts)
    return names if option.is_flag or option.count else f"{names} {value_name(ctx, option)}"


def value_name(ctx: click.Context, option: click.Option) -> str:
    """Give the word that stands for an option's value, or the values: `DATE`, `N`, `auto|always|never`."""
    if option.metavar is None and isinstance(option.type, click.types.IntParamType):
        return "N"
    return option.make_metavar(ctx).strip("[]")


def _about(ctx: click.Context, option: click.Option) -> str:
    default = option.get_help_extra(ctx).get("default")
    return f"{option.help or ''}  [default: {default}]" if default else option.help or ""


def _lines(items: Sequence[str], width: int) -> Iterator[str]:
    """Put items side by side, two spaces apart, into lines of this width."""
    line = ""
    for item in items:
        if line and len(line) + 2 + len(item) > width:
            yield line
            line = ""
        line = f"{line}  {item}" if line else item
    yield line
