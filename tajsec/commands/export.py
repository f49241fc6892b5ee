"""`tajsec export`: the facts as a database, as tables, or as one page."""

import os
from pathlib import Path

import click

from tajsec.cli.complete import folders
from tajsec.cli.options import store_command
from tajsec.cli.replies import page_reply, stderr_line
from tajsec.cli.request import Request
from tajsec.cli.terminal import Reply
from tajsec.errors import UsageError
from tajsec.text.forms import counted


@store_command(
    formats=("plain", "json"),
    examples=(
        "tajsec export --sqlite facts.db --metadata facts.json",
        "tajsec export --topic equipment --sqlite gear.db",
        "tajsec export --html facts.html",
    ),
)
@click.option("--sqlite", type=click.Path(path_type=Path), metavar="FILE", help="Write this database.")
@click.option("--metadata", type=click.Path(path_type=Path), metavar="FILE", help="Write what Datasette tells of it.")
@click.option("--parquet", type=click.Path(path_type=Path), metavar="DIR", shell_complete=folders,
              help="Write each table to a file in it.")  # fmt: skip
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="Write a page that searches the facts.")
@click.option("--force", is_flag=True, help="Let what exists be replaced.")
def command(
    request: Request, sqlite: Path | None, metadata: Path | None, parquet: Path | None, html: Path | None, force: bool
) -> Reply:
    """Write the facts to a database, to tables or to one page.

    The facts that the filters take with quotes, figures and relations, and every source and name. SQLite has keys,
    and facts_fts searches; Parquet needs tajsec[parquet]. Figures keep their qualifiers in a column, dates are EDTF
    with first and last days beside. The page is one file that a browser opens without a network.
    """
    from tajsec.output.export import parquet_names, write_database
    from tajsec.output.to_json import envelope

    _refuse(request, sqlite, metadata, parquet, html, force=force)
    if parquet:
        _write_parquet(request, parquet, force=force)
    if sqlite:
        write_database(request.store, request.selection, sqlite, force=force)
    if sqlite and metadata:
        _write_metadata(metadata, sqlite.stem, force=force)
    tables = [parquet / name for name in sorted(parquet_names())] if parquet else []
    if html:
        _write_page(request, html, force=force)
    paths = [*filter(None, (sqlite, metadata)), *tables, *filter(None, (html,))]
    files = [{"path": str(each), "bytes": each.stat().st_size} for each in paths]
    count = request.store.count(request.selection)
    payload = envelope("export", "files", files, filters=request.selection.asked(), total=count)
    places = " and ".join(str(each) for each in (sqlite, parquet, html) if each)
    written = f"{counted(count, 'fact')} written to {places}"
    return page_reply(request, lambda: payload, lambda: Reply(stderr=stderr_line(written)))


def _refuse(
    request: Request,
    sqlite: Path | None,
    metadata: Path | None,
    parquet: Path | None,
    html: Path | None,
    *,
    force: bool,
) -> None:
    """Raise UsageError before anything is written, if one of the paths cannot be."""
    from tajsec.data.files import refuse_existing, refuse_full
    from tajsec.output.export import parquet_names

    if not (sqlite or parquet or html):
        raise UsageError("nothing to write; name --sqlite FILE, --parquet DIR or --html FILE")
    if metadata and not sqlite:
        raise UsageError("--metadata tells of a database; name --sqlite FILE too")
    paths = [path for path in (sqlite, metadata, parquet, html) if path]
    places = [os.path.realpath(path) for path in paths]
    for path, place in zip(paths, places, strict=True):
        if places.count(place) > 1:
            raise UsageError(f"{path}: named twice; give each option a place of its own")
    if parquet:
        refuse_full(parquet, parquet_names(), force=force)
    for file in filter(None, (sqlite, metadata, html)):
        refuse_existing(file, force=force, inputs=request.data_files())


def _write_parquet(request: Request, folder: Path, *, force: bool) -> None:
    from tajsec.output.export import write_parquet

    try:
        write_parquet(request.store, request.selection, folder, force=force)
    except ImportError as error:
        raise UsageError(f"--parquet needs {error.name}; install tajsec[parquet]") from error


def _write_page(request: Request, path: Path, *, force: bool) -> None:
    from tajsec.data.files import write_file
    from tajsec.pictures.explorer import explorer_page

    page = explorer_page(request.store, request.store.select(request.selection))
    write_file(path, page, force=force, inputs=request.data_files())


def _write_metadata(path: Path, name: str, *, force: bool) -> None:
    from tajsec.data.files import write_file
    from tajsec.output.export import datasette_metadata
    from tajsec.text.jsontext import dumps

    write_file(path, dumps(datasette_metadata(name), indent=2) + "\n", force=force)
