"""`tajsec store`: a store on a PostgreSQL server, for many readers and writers."""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tajsec.cli.complete import packs
from tajsec.cli.groups import group_reply
from tajsec.cli.options import Prose, bare_command, command_group, server_of, store_command, store_option
from tajsec.cli.packs import packs_of
from tajsec.cli.replies import Answer
from tajsec.cli.request import LONG_BUILD, Request, connected, rich_tables
from tajsec.cli.terminal import Environment, Reply
from tajsec.errors import UsageError
from tajsec.model.kinds import SHIPPED
from tajsec.text.forms import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tajsec.model.pack import Pack
    from tajsec.output.json_types import Record
    from tajsec.store.postgres import PostgresStore

_NOTE = click.option("--note", type=Prose(), metavar="TEXT", help="Why, for the history.")


@command_group("store")
@click.pass_context
def command(context: click.Context) -> Reply | None:
    """Keep the facts on a server, for many readers and writers.

    It is a PostgreSQL server. Its address is --store postgresql://USER@HOST/DATABASE, or TAJSEC_STORE; the password is
    that of PGPASSWORD or PGPASSFILE. Needs tajsec[postgres].
    """
    return group_reply(context)


@bare_command(
    examples=(
        "tajsec store init --store postgresql://owner@db/facts",
        "tajsec store init --reader desk --writer editors",
    ),
    keys=(store_option(),),
)
@click.option("--reader", multiple=True, metavar="ROLE", help="A role that may read; repeatable.")
@click.option("--writer", multiple=True, metavar="ROLE", help="A role that may put and withdraw; repeatable.")
def init(store: str | None, reader: tuple[str, ...], writer: tuple[str, ...]) -> Reply:
    """Make the tables of a store, and grant roles their rights.

    The database and the roles are there already (createdb, createuser). A store of an older tajsec gets the tables
    of this one, with all facts and revisions.
    """
    from tajsec.store import revisions

    opened = _opened(store)
    made = revisions.init(opened, reader, writer)
    granted = [f"; {', '.join(roles)} may {what}" for roles, what in ((reader, "read"), (writer, "write")) if roles]
    return Reply(f"{'made' if made else 'there is'} a store in {opened.address.shown}{''.join(granted)}\n")


@bare_command(
    examples=("tajsec store load tajsec", "tajsec store load ./my-pack --note 'the edition of May'"),
    keys=(store_option(),),
)
@click.argument("names", nargs=-1, required=True, metavar="PACK...", shell_complete=packs)
@_NOTE
@click.option("--force", is_flag=True, help="Write over facts that were put or withdrawn in the store.")
def load(store: str | None, names: tuple[str, ...], note: str | None, force: bool) -> Reply:
    """Write packs into a store: folders, or ids; the shipped one is tajsec.

    What a pack stands on is written with it. Facts that are there and not in the pack stay.
    """
    from tajsec.data.folders import folders_of
    from tajsec.data.read import read
    from tajsec.store import revisions

    environment = _environment()
    opened = _opened(store)
    named, found = packs_of(names, environment)
    sets = folders_of(named, found, add_found=False)
    contents = read(sets)
    ids = [each.id for each in contents.packs]
    wanted = [SHIPPED if str(path) == SHIPPED else next(_ids_in(path, contents.packs), "") for path in named]
    if "" in wanted or not ids:
        raise UsageError(f"{named[wanted.index('')]}: holds no pack.toml; `tajsec new pack DIR` makes a pack")
    with _bar(environment) as progress:
        written = revisions.load(opened, contents, wanted, note=note, force=force, progress=progress)
    new = sum(each.revision == 1 for each in written)
    return Reply(f"loaded {', '.join(wanted)}: {counted(new, 'new fact')}, {len(written) - new:,} changed\n")


@store_command(formats=("plain", "json"), filters=False, examples=("tajsec store status", "tajsec store status --json"))
def status(request: Request) -> Answer:
    """Show what a store holds, and what you may do."""
    from tajsec.output.to_json import envelope, server_object
    from tajsec.store import revisions

    store = connected(request.server or server_of(None))
    record = server_object(store.address.shown, revisions.status(store))
    return Answer(envelope("store", "stores", [record]), "stores", plain=lambda rows: "".join(map(_lines, rows)))


@bare_command(
    examples=("tajsec store export ./copy", "tajsec store export ./copy --store postgresql://desk@db/facts"),
    keys=(store_option(),),
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def export(store: str | None, folder: Path) -> Reply:
    """Write every pack of a store back into TOML files.

    Each into a folder of its id below DIR, which `--facts` and `store load` read.
    """
    from tajsec.authoring.pack_files import write_packs
    from tajsec.store import revisions

    written = write_packs(folder, revisions.stored(connected(server_of(store))))
    return Reply("".join(f"{path}\n" for path in written))


for each in (init, load, status, export):
    command.add_command(each)


def _environment() -> Environment:
    found: Environment = click.get_current_context().obj
    return found


def _opened(url: str | None) -> "PostgresStore":
    return connected(server_of(url), writes=True)


def _ids_in(path: Path, packs: "Sequence[Pack]") -> "Iterator[str]":
    """Yield the id of the pack in a folder."""
    return (each.id for each in packs if each.path and each.path.resolve() == path.resolve())


@contextlib.contextmanager
def _bar(environment: Environment) -> "Iterator[Callable[[int], None]]":
    """Yield what is called with the number of facts written; it shows a bar if there are many and somebody watches."""
    with contextlib.ExitStack() as stack:
        bars: list[Callable[[int], None]] = []

        def show(count: int) -> None:
            if environment.watched and count >= LONG_BUILD and not bars:
                bars.append(stack.enter_context(rich_tables.counting("facts written")))
            for bar in bars:
                bar(count)

        yield show


def _lines(record: "Record") -> str:
    """Return what a store holds as lines for people."""
    packs = ", ".join(f"{each['id']} {each['version']}" for each in record["packs"])
    may = "read and write" if record["may_write"] else "read"
    changed = (
        f"last written {record['changed'][:10]} {record['changed'][11:16]} UTC"
        if record["changed"]
        else "nothing written yet"
    )
    return (
        f"{record['store']}: {counted(record['facts'], 'fact')}, {record['withdrawn']:,} withdrawn,"
        f" {counted(record['revisions'], 'revision')}\n"
        f"{changed}\n"
        f"packs: {packs or 'none'}\n"
        f"PostgreSQL {record['server']}, layout {record['layout']}, {record['bytes'] / 2**20:,.1f} MiB\n"
        f"{record['role']} may {may}\n"
    )
