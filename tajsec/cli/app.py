"""The command line: which commands there are, and what becomes of an error.

A command's module is imported when the command is asked for: `--version` loads none.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

import click

from tajsec import __version__
from tajsec.cli.replies import stderr_line
from tajsec.cli.terminal import Reply, Environment
from tajsec.errors import TajsecError, UnknownName

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


COMMANDS = {
    "search": ("search.search", "Find facts, best first."),
    "pick": ("pick.pick", "Pick facts: type, and see them narrow."),
    "list": ("list.list_facts", "List the facts that the filters take."),
    "show": ("show.show", "Show facts whole, with their receipts."),
    "timeline": ("timeline.timeline", "Show facts in order of time."),
    "summary": ("summary.summary", "Sum up a topic on one page."),
    "topics": ("topics.topics", "List the topics."),
    "actors": ("actors.actors", "List the actors."),
    "sources": ("sources.sources", "List the documents."),
    "cite": ("cite.cite", "Cite facts."),
    "open": ("open.open_source", "Open the source at the quoted words."),
    "disputes": ("disputes.disputes", "Show where the sources differ, and which side to cite."),
    "coverage": ("coverage.coverage", "Show how much of each document is cited."),
    "verify": ("verify.verify", "Check facts in three parts: quote found, figures match, read by."),
    "diff": ("diff.diff", "Compare two stores."),
    "cache": ("cache.cache", "Show the compiled stores that are kept."),
    "lint": ("lint.lint", "Check the data against every rule."),
    "seal": ("seal.seal", "Make a source record from a text."),
    "export": ("export.export", "Write the facts to a database or to tables."),
    "schema": ("schema.schema", "Show the JSON Schemas of what is printed."),
    "help": ("help.help_page", "Explain a command or a topic."),
    "completion": ("completion.completion", "Print the script that completes in a shell."),
}
"""Each command, where it stands, and what it does, in the order in which people meet them."""


SECTIONS = {
    "Looking": "search pick list show timeline summary topics actors sources coverage".split(),
    "Citing": "cite open disputes".split(),
    "Checking": "verify diff lint seal".split(),
    "Scripting": "export schema cache completion help".split(),
}
"""The headings under which the commands are listed."""


class Group(click.Group):
    """The commands, imported when they are asked for; a mistyped one is answered with the near ones."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Give a command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, function = COMMANDS[cmd_name][0].partition(".")
        make: Callable[[], click.Command] = getattr(import_module(f"tajsec.commands.{module}"), function)
        return make()

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """Return the commands, or the options, that begin so; Click's own method loads every command for its help."""
        from click.shell_completion import CompletionItem

        names = [name for name in COMMANDS if name.startswith(incomplete)]
        commands = [CompletionItem(name, help=COMMANDS[name][1]) for name in names]
        return commands + click.Command.shell_complete(self, ctx, incomplete)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without loading them, and where to read on."""
        from tajsec.cli.topics import TOPICS

        first = max(map(len, COMMANDS))
        for heading, names in SECTIONS.items():
            with formatter.section(heading):
                formatter.write_dl([(f"{name:{first}}", COMMANDS[name][1]) for name in names])
        with formatter.section("More"):
            helps = [
                ("tajsec COMMAND --help", "Options and examples of a command."),
                ("tajsec --version", "The version."),
            ]
            formatter.write_dl([*helps, ("tajsec help TOPIC", f"{', '.join(TOPICS)}.")])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command. Raises UnknownName."""
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            from tajsec.text.spelling import near_names

            raise UnknownName("command", args[0], near_names(args[0], COMMANDS), "tajsec --help")
        return super().resolve_command(ctx, args)


@click.group(cls=Group, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tajsec", message="%(prog)s %(version)s")
@click.pass_context
def app(context: click.Context) -> Reply | None:
    """Cited facts on Tajikistan's security cooperation: one fact, its source, its words, as of when."""
    return Reply(text=context.get_help() + "\n") if context.invoked_subcommand is None else None


# ---------------------------------------------------------------- running


def _replied(args: Sequence[str], environment: Environment) -> Reply:
    with app.make_context("tajsec", list(args), obj=environment) as context:
        reply = app.invoke(context)
    return reply if isinstance(reply, Reply) else Reply()


def run(args: Sequence[str], environment: Environment, environ: Mapping[str, str]) -> Reply:
    """Run the command line and give its reply; every error is one line, and a bug of ours has the status 70."""
    try:
        return _replied(args, environment)
    except click.exceptions.Exit as end:
        return Reply(status=end.exit_code)
    except click.ClickException as error:
        from tajsec.cli.usage import misuse

        return Reply(stderr=stderr_line(f"error: {misuse(error, args)}"), status=2)
    except TajsecError as error:
        return Reply(stderr=stderr_line(f"error: {error}"), status=2)
    except BrokenPipeError:
        raise
    except Exception as error:
        details = _details() if environ.get("TAJSEC_DEBUG") else ""
        advice = "a bug of ours; TAJSEC_DEBUG=1 shows the details"
        return Reply(stderr=details + stderr_line(f"error: {type(error).__name__}: {error}; {advice}"), status=70)


def _details() -> str:
    import traceback

    return traceback.format_exc()
