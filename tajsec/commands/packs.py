"""`tajsec packs`: the packs of facts that are open."""

import os
from typing import TYPE_CHECKING

from tajsec.cli.options import store_command
from tajsec.cli.replies import Answer
from tajsec.cli.request import Request, rich_tables
from tajsec.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tajsec.errors import Problem
    from tajsec.output.json_types import Record


@store_command(filters=False, examples=("tajsec packs", "tajsec packs --format markdown"))
def command(request: Request) -> Answer:
    """List the packs of facts.

    Each with its version, where it was found, the numbers of its facts and documents, and the share of facts whose
    quotes were found in these. Status 2: a pack cannot be read, and is left out.
    """
    from tajsec.output.to_json import envelope, pack_objects

    left_out = _leave_out_broken(request)
    records = pack_objects(request.store, _places(request))
    columns = [("Id", "id"), ("Version", "version"), ("Title", "title"), ("Where", "place"), ("Facts", "facts")]
    columns += [("Documents", "documents"), ("Quotes found", "found")]

    def table(packs: "Sequence[Record]") -> str:
        return rich_tables.listing([*map(_row, packs)], columns, request.look)

    return Answer(
        envelope("packs", "packs", records),
        "packs",
        table,
        nothing="no pack: the facts are of a folder without pack.toml",
        status=2 if left_out else 0,
        lines=[f"left out: {problem}" for problem in left_out],
    )


def _row(pack: "Record") -> "Record":
    return {**pack, "place": pack["path"] or pack["where"], "found": f"{pack['share']:.0%}"}


def _leave_out_broken(request: Request) -> "list[Problem]":
    """Leave the broken ones of the found packs out of the request; return the first problem of each.

    Raises DataError if the problem is not in a found pack.
    """
    found = list["Problem"]()
    while True:
        try:
            _ = request.store
            return found
        except DataError as error:
            broken = {path: each for each in reversed(error.problems) if (path := _pack_of(request, each))}
            if not broken:
                raise
            found += broken.values()
            request.packs = request.packs._replace(found=[each for each in request.packs.found if each not in broken])


def _pack_of(request: Request, problem: "Problem") -> "Path | None":
    """Return the folder of the found pack with a problem, or None if it is in none of them."""
    return next((path for path in request.packs.found if problem.file.startswith(f"{path}{os.sep}")), None)


def _places(request: Request) -> "dict[str, tuple[str, str | None]]":
    """Return where each pack was found, in a word, and its folder; by id."""
    if request.server:
        return {pack.id: ("server", None) for pack in request.store.packs()}
    from tajsec.data.folders import folders_of

    folder = f"{request.environment.packs}{os.sep}"
    places = dict[str, tuple[str, str | None]]()
    for pack in filter(None, (each.pack_of_facts for each in folders_of(*request.packs))):
        path = str(pack.path) if pack.path else None
        kind = "found" if path and path.startswith(folder) else "installed"
        if path is None or pack.path in request.packs.named:
            kind = "named" if path else "shipped"
        places[pack.id] = kind, path
    return places
