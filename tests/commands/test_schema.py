"""`tajsec schema`: the JSON Schemas of what is printed."""

import json
from collections.abc import Callable

from tajsec.cli.terminal import Reply
from tajsec.output import schemas

Run = Callable[..., Reply]


def test_schema_lists_the_shapes_and_prints_one(run: Run) -> None:
    assert [line.split("\t")[0] for line in run("schema").text.splitlines()] == [
        *schemas.names(),
        *schemas.toml_names(),
    ]
    assert json.loads(run("schema", "toml-fact").text) == schemas.schema("toml-fact")
    assert json.loads(run("schema", "list").text) == schemas.schema("list")
    reply = run("schema", "serch")
    assert (reply.status, "did you mean search?" in reply.stderr) == (2, True)
