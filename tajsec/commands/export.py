"""`tajsec export`: the facts as a database, as tables, as one page, or as annotations of their documents."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tajsec.cli.complete import folders
from tajsec.cli.options import store_command
from tajsec.cli.replies import page_reply, stderr_line
from tajsec.cli.request import Request
from tajsec.cli.terminal import Reply
from tajsec.errors import UsageError
from tajsec.text.forms import counted

if TYPE_CHECKING:
    from tajsec.check.copies import Document
    from tajsec.output.data_package import Form


@store_command(
    formats=("plain", "json"),
    examples=(
        "tajsec export --sqlite facts.db --metadata facts.json",
        "tajsec export --topic equipment --tables gear --html gear.html",
    ),
)
@click.option("--sqlite", type=click.Path(path_type=Path), metavar="FILE", help="Write this database.")
@click.option("--metadata", type=click.Path(path_type=Path), metavar="FILE", help="Write what Datasette tells of it.")
@click.option("--tables", "csv", type=click.Path(path_type=Path), metavar="DIR", shell_complete=folders,
              help="Write each table to a CSV file in it.")  # fmt: skip
@click.option("--parquet", type=click.Path(path_type=Path), metavar="DIR", shell_complete=folders,
              help="The same, as Parquet (tajsec[parquet]).")  # fmt: skip
@click.option("--web-annotations", type=click.Path(path_type=Path), metavar="FILE", help="Write the quotes as JSON-LD.")
@click.option("--text", "texts", multiple=True, type=click.Path(path_type=Path), metavar="PATH",
              help="Your copies of documents, for these; repeatable.")  # fmt: skip
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="Write a page that searches the facts.")
@click.option("--force", is_flag=True, help="Let what exists be replaced.")
def command(
    request: Request, sqlite: Path | None, metadata: Path | None, csv: Path | None, parquet: Path | None,
    web_annotations: Path | None, texts: tuple[Path, ...], html: Path | None, force: bool,
) -> Reply:  # fmt: skip
    """Write facts to files: a database, tables, annotations, a page."""
    from tajsec.output.export import file_names, write_database
    from tajsec.output.to_json import envelope

    wanted: Mapping[Form, Path | None] = {"csv": csv, "parquet": parquet}
    tables = {form: folder for form, folder in wanted.items() if folder}
    files = [each for each in (sqlite, metadata, web_annotations, html) if each]
    _refuse_pairs([*files, *tables.values()], sqlite, metadata, web_annotations, texts)
    _refuse(request, files, tables, texts, force=force)
    request.read_at_hand()
    copies = _copies(request, texts)
    for form, folder in tables.items():
        _write_tables(request, folder, form, force=force)
    if sqlite:
        write_database(request.store, request.selection, sqlite, force=force)
    if sqlite and metadata:
        _write_metadata(metadata, sqlite.stem, force=force)
    if web_annotations:
        _write_annotations(request, web_annotations, copies, force=force)
    if html:
        _write_page(request, html, force=force)
    paths = [*files, *(folder / name for form, folder in tables.items() for name in sorted(file_names(form)))]
    written = [{"path": str(each), "bytes": each.stat().st_size} for each in paths]
    count = request.store.count(request.selection)
    payload = envelope("export", "files", written, filters=request.selection.asked(), total=count)
    places = " and ".join(str(each) for each in (sqlite, *tables.values(), web_annotations, html) if each)
    told = stderr_line(f"{counted(count, 'fact')} written to {places}")
    return page_reply(request, lambda: payload, lambda: Reply(stderr=told))


def _refuse_pairs(
    paths: Sequence[Path], sqlite: Path | None, metadata: Path | None, annotations: Path | None, texts: Sequence[Path]
) -> None:
    """Raise UsageError if nothing is to be written, or an option lacks the one that it belongs to."""
    if not paths:
        names = "--sqlite FILE, --tables DIR, --parquet DIR, --web-annotations FILE or --html FILE"
        raise UsageError(f"nothing to write; name {names}")
    if metadata and not sqlite:
        raise UsageError("--metadata tells of a database; name --sqlite FILE too")
    if texts and not annotations:
        raise UsageError("--text is for annotations; name --web-annotations FILE too")


def _refuse(
    request: Request, files: Sequence[Path], tables: "Mapping[Form, Path]", texts: Sequence[Path], *, force: bool
) -> None:
    """Raise UsageError before anything is written, if one of the paths cannot be."""
    from tajsec.check.copies import files_of
    from tajsec.data.files import refuse_existing, refuse_full
    from tajsec.output.export import file_names

    paths = [*files, *tables.values()]
    places = [os.path.realpath(path) for path in paths]
    for path, place in zip(paths, places, strict=True):
        if places.count(place) > 1:
            raise UsageError(f"{path}: named twice; give each option a place of its own")
    for form, folder in tables.items():
        refuse_full(folder, file_names(form), force=force)
    for file in files:
        refuse_existing(file, force=force, inputs=[*request.data_files(), *files_of(texts)])


def _copies(request: Request, texts: Sequence[Path]) -> "Sequence[Document]":
    from tajsec.check.copies import documents

    return documents(texts, list(request.store.sources())) if texts else []


def _write_tables(request: Request, folder: Path, form: "Form", *, force: bool) -> None:
    from tajsec.output.export import write_tables

    try:
        write_tables(request.store, request.selection, folder, form, force=force)
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


def _write_annotations(request: Request, path: Path, copies: "Sequence[Document]", *, force: bool) -> None:
    from tajsec.data.files import write_file
    from tajsec.output.web_annotations import annotations
    from tajsec.text.jsontext import dumps

    found = annotations(request.store, request.store.facts(request.selection), copies)
    write_file(path, dumps(found, indent=2) + "\n", force=force)
