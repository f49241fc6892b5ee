"""`tajsec cache`: the compiled stores that are kept."""

import os

import click

from tajsec.cli.options import store_command
from tajsec.cli.replies import Answer
from tajsec.cli.request import Request, rich_tables
from tajsec.text.forms import counted


@store_command(filters=False, examples=("tajsec cache", "tajsec cache --clear"))
@click.option("--clear", is_flag=True, help="Take every compiled store away; they are made again when needed.")
def command(request: Request, clear: bool) -> Answer:
    """Show what is kept compiled, so that starts are quick.

    A store of a checkout or with packs is compiled on first use and kept in the platform's cache folder.
    """
    from tajsec.output.to_json import envelope
    from tajsec.store.cache import contents, forget

    folder = request.environment.cache or ""
    found = contents(folder)
    if clear:
        for path, _ in found:
            forget(path)
    records = [{"path": path, "bytes": size} for path, size in found]
    payload = envelope("cache", "files", records, folder=folder or None, cleared=clear)
    columns = [("File", "path"), ("Bytes", "bytes")]
    return Answer(
        payload,
        "files",
        lambda rows: rich_tables.listing(rows, columns, request.look),
        nothing=_why_empty(folder),
        lines=[f"{counted(len(found), 'file')} taken away"] if clear and found else (),
    )


def _why_empty(folder: str) -> str:
    """Return why there is no compiled store to show."""
    from tajsec.store.cache import is_own_folder

    if not folder:
        return "this system names no folder for a cache"
    if os.path.lexists(folder) and not is_own_folder(folder):
        return f"{folder} is left alone: it is not yours, or others may write it"
    return f"nothing is kept in {folder}"
