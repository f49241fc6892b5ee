"""The command line: the table of the commands, the group that runs them, and the reply to an error.

A command's module is `tajsec.commands.NAME`, and its `command` is what Click runs. It is imported when the command is
asked for, so that `--version` and `--help` import none.
"""

import contextlib
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

import click

from tajsec import __version__
from tajsec.cli.groups import CommandGroup, typed_of
from tajsec.cli.options import leading_options
from tajsec.cli.replies import stderr_line
from tajsec.cli.terminal import Environment, Reply
from tajsec.errors import TajsecError, UsageError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


SECTIONS = {
    "Looking": {
        "search": "Find facts, best first.",
        "pick": "Pick facts: type, and see them narrow.",
        "list": "List facts, all or those that filters name.",
        "show": "Show facts or sources whole.",
        "timeline": "Show facts in order of time.",
        "summary": "Sum up a topic on one page, to be pasted into a brief.",
        "topics": "List the topics.",
        "actors": "List the actors.",
        "places": "List the places.",
        "sources": "List the documents.",
        "packs": "List the packs of facts.",
        "coverage": "Show how much of each document is cited.",
    },
    "Citing": {
        "cite": "Cite facts.",
        "pandoc": "Turn fact ids in a Pandoc document into citations.",
        "open": "Open the source at the quoted words.",
        "differences": "Show where the sources differ, and which side to cite.",
    },
    "Checking": {
        "verify": "Check facts: quotes found, figures match, compared by a reader.",
        "factcheck": "Set the facts beside the figures and dates of a draft.",
        "changes": "Compare two versions of the facts.",
        "lint": "Check the data against every rule.",
        "seal": "Make the record of a document from its text.",
        "new": "Start a pack of your own, and add documents and facts to it.",
    },
    "Sharing": {
        "store": "Keep the facts on a server, for many readers and writers.",
        "put": "Write facts into a store on a server.",
        "withdraw": "Withdraw a fact of a store on a server.",
        "history": "List who wrote a fact of a store on a server, when and why.",
    },
    "Scripting": {
        "export": "Write facts to files: a database, tables, annotations, a page.",
        "mcp": "Serve the facts to an assistant.",
        "schema": "Show the JSON Schemas of what is printed, and of files.",
        "cache": "Show what is kept compiled, so that starts are quick.",
        "completion": "Print the script that completes in a shell.",
        "help": "Explain a command, a topic or a code.",
    },
}
"""The commands, each with its summary, under the headings of the list of commands.

A summary is the first line of the command's own help too; it is written here because the list imports no command.
"""
COMMANDS = {name: summary for section in SECTIONS.values() for name, summary in section.items()}


class Group(CommandGroup):
    """The commands, each imported when it is used; the error for an unknown name suggests similar ones."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = import_module(f"tajsec.commands.{cmd_name}").command
        return found

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """Return the commands or options that begin with `incomplete`; Click's own method imports every command."""
        from click.shell_completion import CompletionItem

        commands = [CompletionItem(name, help=about) for name, about in COMMANDS.items() if name.startswith(incomplete)]
        return commands + click.Command.shell_complete(self, ctx, incomplete)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands, and how to get more help."""
        from tajsec.cli.topics import TOPICS

        width = max(map(len, COMMANDS))
        for heading, commands in SECTIONS.items():
            with formatter.section(heading):
                formatter.write_dl([(f"{name:{width}}", about) for name, about in commands.items()])
        with formatter.section("More"):
            formatter.write_dl(
                [
                    ("tajsec COMMAND --help", "Options and examples of a command."),
                    ("tajsec --json COMMAND", "Options of the output may precede the command."),
                    ("tajsec --version", "The version."),
                    ("tajsec help TOPIC", f"{', '.join(TOPICS)}."),
                ]
            )

    def unknown(self, before: Sequence[str], args: Sequence[str]) -> TajsecError:
        """Return the error for a first word that is no command, with the line to type instead."""
        from tajsec.cli.usage import unknown_command

        return unknown_command(COMMANDS, before, args)


@click.group(
    cls=Group,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    params=leading_options(),
)
@click.version_option(__version__, prog_name="tajsec", message="%(prog)s %(version)s")
@click.pass_context
def app(context: click.Context) -> Reply | None:
    """Cited facts on Tajikistan's security cooperation: one fact, its source, its words, as of when."""
    if context.invoked_subcommand is not None:
        return None
    if typed_of(context):
        raise UsageError("no command behind the options; name one, as in `tajsec --json list`; `tajsec` lists them")
    return Reply(text="\n\n".join([context.get_help(), *_holdings(context.obj)]) + "\n")


def _holdings(environment: Environment) -> list[str]:
    """Return a line on what the shipped store holds; none if it cannot be read, or compiling it would take long."""
    from tajsec.cli.complete import TooLong, bounded
    from tajsec.store.open import open_store

    with contextlib.suppress(TooLong, TajsecError):
        store = open_store(cache=environment.cache, progress=bounded)
        from tajsec.output import wording

        dates = [(str(each.issued or ""), str(each.updated or "")) for each in store.sources()]
        return [f"Shipped: {wording.holdings(store.count(), len(dates), wording.newest(dates), environment.today)}."]
    return []


def run(args: Sequence[str], environment: Environment, environ: Mapping[str, str]) -> Reply:
    """Run a command line and return its reply.

    The reply to an error, or to what the system refuses, is one line with status 2. An unexpected exception is one with
    status 70, and its traceback if TAJSEC_DEBUG is set. Raises BrokenPipeError, and no other exception.
    """
    try:
        _refuse_undecodable(args)
        with app.make_context("tajsec", list(args), obj=environment) as context:
            reply = app.invoke(context)
        return reply if isinstance(reply, Reply) else Reply()
    except click.exceptions.Exit as end:
        return Reply(status=end.exit_code)
    except click.ClickException as error:
        from tajsec.cli.usage import usage_error

        return Reply(stderr=stderr_line(f"error: {usage_error(error, args)}"), status=2)
    except TajsecError as error:
        return Reply(stderr=stderr_line(f"error: {error}"), status=2)
    except BrokenPipeError:
        raise
    except OSError as error:
        from tajsec.data.files import reason

        what = f"{error.filename}: {reason(error)}" if error.filename else reason(error)
        return Reply(stderr=stderr_line(f"error: {what}; mend the file, its permissions or the disk"), status=2)
    except MemoryError:
        return Reply(stderr=stderr_line("error: not enough memory; narrow with filters, or free some"), status=2)
    except Exception as error:
        details = _traceback() if environ.get("TAJSEC_DEBUG") else ""
        advice = "a bug of ours; TAJSEC_DEBUG=1 shows the details"
        return Reply(stderr=details + stderr_line(f"error: {type(error).__name__}: {error}; {advice}"), status=70)


def _refuse_undecodable(args: Sequence[str]) -> None:
    """Raise UsageError for an argument with bytes that the encoding of the locale does not have."""
    if all(map(str.isascii, args)):
        return
    from tajsec.text.forms import is_utf8

    for number, arg in enumerate(args, 1):
        if not is_utf8(arg):
            encoding = sys.getfilesystemencoding()
            advice = "write it in UTF-8" if encoding == "utf-8" else "set LC_ALL=C.UTF-8, or PYTHONUTF8=1"
            raise UsageError(f"argument {number}: not text in {encoding}, the encoding of the locale; {advice}")


def _traceback() -> str:
    import traceback

    return traceback.format_exc()
