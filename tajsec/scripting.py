"""The commands for programs: the schemas of what is printed, and the facts as a database or tables."""

from pathlib import Path

import click

from tajsec.ask import Ask, bare_command, command, json_reply, talk_line
from tajsec.candidates import folders
from tajsec.console import Reply
from tajsec.errors import UsageError
from tajsec.text import counted


def _names(_context: click.Context, _parameter: click.Parameter, start: str) -> list[str]:
    """Return the names of the schemas that begin so."""
    from tajsec import shapes

    return [name for name in shapes.names() if name.startswith(start)]


@bare_command("schema", examples=("tajsec schema", "tajsec schema search"))
@click.argument("name", required=False, shell_complete=_names)
@click.option("--json", "as_json", is_flag=True, help="List them as JSON.")
def schema(name: str | None, as_json: bool) -> Reply:
    """Show the JSON Schemas of what is printed.

    Without a name it lists them. `tajsec/search/1` in an output is the schema `search`; each stands alone.
    """
    from tajsec import shapes

    if name is not None:
        return json_reply(shapes.schema(name))
    titles = {each: shapes.title(each) for each in shapes.names()}
    if as_json:
        from tajsec.jsonout import envelope

        schemas = [{"name": each, "title": title} for each, title in titles.items()]
        return json_reply(envelope("schemas", "schemas", schemas))
    return Reply(text="".join(f"{each}\t{title}\n" for each, title in titles.items()))


@command(
    "export",
    formats=("plain", "json"),
    examples=(
        "tajsec export --sqlite facts.db --metadata facts.json",
        "tajsec export --topic equipment --sqlite gear.db",
    ),
)
@click.option("--sqlite", type=click.Path(path_type=Path), metavar="FILE", help="Write this database.")
@click.option("--metadata", type=click.Path(path_type=Path), metavar="FILE", help="Write what Datasette tells of it.")
@click.option("--parquet", type=click.Path(path_type=Path), metavar="DIR", shell_complete=folders,
              help="Write each table to a file in it.")  # fmt: skip
@click.option("--force", is_flag=True, help="Let what exists be replaced.")
def export(ask: Ask, sqlite: Path | None, metadata: Path | None, parquet: Path | None, force: bool) -> Reply:
    """Write the facts to a database or to tables.

    The facts that the filters take with receipts, figures and relations, and every source and name. SQLite has keys,
    and facts_fts searches; Parquet needs tajsec[parquet]. Figures keep their qualifiers in a column, dates are EDTF
    with first and last days beside.
    """
    from tajsec.export import parquet_names, write_database

    _refuse(sqlite, metadata, parquet, force=force)
    if parquet:
        _write_parquet(ask, parquet, force=force)
    if sqlite:
        write_database(ask.store, ask.selection, sqlite, force=force)
    if sqlite and metadata:
        _write_metadata(metadata, sqlite.stem, force=force)
    count = ask.store.count(ask.selection)
    if ask.format == "json":
        from tajsec.jsonout import envelope

        tables = [parquet / name for name in sorted(parquet_names())] if parquet else []
        paths = [*filter(None, (sqlite, metadata)), *tables]
        files = [{"path": str(each), "bytes": each.stat().st_size} for each in paths]
        return json_reply(envelope("export", "files", files, filters=ask.selection.asked(), total=count))
    written = " and ".join(str(each) for each in (sqlite, parquet) if each)
    return Reply(talk=talk_line(f"{counted(count, 'fact')} written to {written}"))


def _refuse(sqlite: Path | None, metadata: Path | None, parquet: Path | None, *, force: bool) -> None:
    """Raise UsageError for what cannot be written, before anything is."""
    from tajsec.export import parquet_names
    from tajsec.whole import refuse_existing, refuse_full

    if not (sqlite or parquet):
        raise UsageError("nothing to write; name --sqlite FILE or --parquet DIR")
    if metadata and not sqlite:
        raise UsageError("--metadata tells of a database; name --sqlite FILE too")
    paths = [each for each in (sqlite, metadata, parquet) if each]
    named = [each.resolve() for each in paths]
    for path, place in zip(paths, named, strict=True):
        if named.count(place) > 1:
            raise UsageError(f"{path}: named twice; give each option a place of its own")
    if parquet:
        refuse_full(parquet, parquet_names(), force=force)
    for file in filter(None, (sqlite, metadata)):
        refuse_existing(file, force=force)


def _write_parquet(ask: Ask, folder: Path, *, force: bool) -> None:
    from tajsec.export import write_parquet

    try:
        write_parquet(ask.store, ask.selection, folder, force=force)
    except ImportError as error:
        raise UsageError(f"--parquet needs {error.name}; install tajsec[parquet]") from error


def _write_metadata(path: Path, name: str, *, force: bool) -> None:
    from tajsec.export import described
    from tajsec.jsontext import dumps
    from tajsec.whole import write_file

    write_file(path, dumps(described(name), indent=2) + "\n", force=force)
