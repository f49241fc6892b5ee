"""`tajsec put`: facts written into a store on a server."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tajsec.cli.complete import ids_of
from tajsec.cli.options import Prose, server_of, store_command
from tajsec.cli.replies import Answer, bounded_line, stderr_line
from tajsec.cli.request import Request, connected
from tajsec.cli.terminal import Reply
from tajsec.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tajsec.store.revisions import Written


@store_command(
    formats=("plain", "json"),
    filters=False,
    examples=("tajsec put new.toml", "tajsec put new.toml --note 'the report of May'"),
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--note", type=Prose(), metavar="TEXT", help="Why, for the history.")
@click.option("--pack", metavar="ID", shell_complete=ids_of("pack"), help="Their pack, if there are several.")
@click.option("--force", is_flag=True, help="Put back what was withdrawn.")
def command(request: Request, file: Path, note: str | None, pack: str | None, *, force: bool) -> Answer | Reply:
    """Write facts into a store on a server.

    Those of a TOML file are checked by the rules of `tajsec lint`, and written together or not at all. A fact whose id
    is there gets a new revision; `tajsec history` lists these.
    """
    from tajsec.authoring.putting import put

    try:
        done = put(connected(request.server or server_of(None), writes=True), file, pack, note, force=force)
    except DataError as error:
        if len(error.problems) == 1:
            raise
        told = stderr_line(f"error: {len(error.problems)} mistakes in {file}; nothing was written")
        return Reply(text="".join(f"{bounded_line(str(each))}\n" for each in error.problems), stderr=told, status=2)
    lines = [f"{each} is there already as it is" for each in done.unchanged]
    return written(request, done.written, lines)


def written(request: Request, facts: "Sequence[Written]", lines: "Sequence[str]" = ()) -> Answer:
    """Return the ids and revisions of facts that were written, on a terminal in words."""
    from tajsec.output.to_json import envelope

    records = [each._asdict() for each in facts]
    form = "wrote {id}, revision {revision}\n" if request.environment.interactive else "{id}\t{revision}\n"
    return Answer(
        envelope("put", "facts", records),
        "facts",
        plain=lambda rows: "".join(form.format(**each) for each in rows),
        lines=lines,
    )
