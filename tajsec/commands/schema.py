"""`tajsec schema`: the JSON Schemas of what is printed, and of the files of a pack."""

import click

from tajsec.cli.options import bare_command
from tajsec.cli.replies import json_reply
from tajsec.cli.terminal import Reply


def _names(_context: click.Context, _parameter: click.Parameter, start: str) -> list[str]:
    """Return the names of the schemas that begin with `start`."""
    from tajsec.output import schemas

    return [name for name in (*schemas.names(), *schemas.toml_names()) if name.startswith(start)]


@bare_command(examples=("tajsec schema search", "tajsec schema toml-fact > fact.schema.json"))
@click.argument("name", required=False, shell_complete=_names)
@click.option("--json", "as_json", is_flag=True, help="List them as JSON.")
def command(name: str | None, as_json: bool) -> Reply:
    """Show the JSON Schemas of what is printed, and of files.

    Without a name it lists them. `tajsec/search/1` in an output is the schema `search`; each stands alone. Those that
    begin with `toml-` are of the files of a pack: an editor with taplo completes and checks them.
    """
    from tajsec.output import schemas

    if name is not None:
        return json_reply(schemas.schema(name))
    titles = {each: schemas.title(each) for each in (*schemas.names(), *schemas.toml_names())}
    if as_json:
        from tajsec.output.to_json import envelope

        listed = [{"name": each, "title": title} for each, title in titles.items()]
        return json_reply(envelope("schemas", "schemas", listed))
    return Reply(text="".join(f"{each}\t{title}\n" for each, title in titles.items()))
