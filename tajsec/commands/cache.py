"""`tajsec cache`: the compiled stores that are kept."""

import click

from tajsec.cli.options import command
from tajsec.cli.replies import reply_with, stderr_line
from tajsec.cli.request import Request, tables
from tajsec.cli.terminal import Reply
from tajsec.commands.verify import _nothing_kept
from tajsec.text.forms import counted


@command("cache", filters=False, examples=("tajsec cache", "tajsec cache --clear"))
@click.option("--clear", is_flag=True, help="Take every compiled store away; they are made again when needed.")
def cache(request: Request, clear: bool) -> Reply:
    """Show the compiled stores that are kept.

    A store of a checkout or with packs is compiled on first use and kept in the platform's cache folder.
    """
    from tajsec.output.columns import CACHE_COLUMNS
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
    reply = reply_with(
        request,
        payload,
        "files",
        CACHE_COLUMNS,
        lambda: tables().listing(records, columns, request.look),
        _nothing_kept(folder),
    )
    return reply._replace(stderr=stderr_line(f"{counted(len(found), 'file')} taken away")) if clear and found else reply
