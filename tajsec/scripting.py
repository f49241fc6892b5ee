"""The commands for programs: the schemas of what is printed, and the facts as a database."""

from pathlib import Path

import click

from tajsec.ask import Ask, bare_command, command, json_reply, talk_line
from tajsec.console import Reply
from tajsec.text import counted


@bare_command("schema", examples=("tajsec schema", "tajsec schema search"))
@click.argument("name", required=False)
def schema(name: str | None) -> Reply:
    """Show the JSON Schemas of what is printed.

    Without a name it lists them. `tajsec/search/1` in an output is the schema `search`; each stands alone.
    """
    from tajsec import shapes

    if name is None:
        return Reply(text="".join(f"{each}\t{shapes.title(each)}\n" for each in shapes.names()))
    from tajsec.jsontext import dumps

    return Reply(text=dumps(shapes.schema(name), indent=2) + "\n", machine=True)


@command(
    "export",
    formats=("plain", "json"),
    examples=(
        "tajsec export --sqlite facts.db",
        "tajsec export --topic equipment --sqlite gear.db --metadata gear.json",
    ),
)
@click.option("--sqlite", type=click.Path(path_type=Path), required=True, metavar="FILE", help="Write this database.")
@click.option("--metadata", type=click.Path(path_type=Path), metavar="FILE", help="Write what Datasette tells of it.")
@click.option("--force", is_flag=True, help="Let a file be replaced.")
def export(ask: Ask, sqlite: Path, metadata: Path | None, force: bool) -> Reply:
    """Write the facts to an SQLite file.

    The facts that the filters take with their receipts, figures and relations, and every source and name. The table
    facts_fts searches them. Figures keep their qualifiers in a column, dates are EDTF with first and last days beside.
    """
    from tajsec.export import described, write_database

    count = write_database(ask.store, ask.selection, sqlite, force=force, metadata=metadata)
    if metadata:
        from tajsec.console import write_file
        from tajsec.jsontext import dumps

        write_file(metadata, dumps(described(sqlite.stem), indent=2) + "\n", force=force)
    if ask.format == "json":
        from tajsec.jsonout import envelope

        files = [{"path": str(each), "bytes": each.stat().st_size} for each in (sqlite, metadata) if each]
        return json_reply(envelope("export", "files", files, filters=ask.selection.asked(), total=count))
    return Reply(talk=talk_line(f"{counted(count, 'fact')} written to {sqlite}"))
