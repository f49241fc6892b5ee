"""`tajsec history`: who wrote a fact of a store on a server, when and why."""

from typing import TYPE_CHECKING

from tajsec.cli.options import id_argument, server_of, store_command
from tajsec.cli.replies import Answer
from tajsec.cli.request import Request, connected, rich_tables

if TYPE_CHECKING:
    from tajsec.output.json_types import Record


@store_command(filters=False, examples=("tajsec history radios-delivered", "tajsec history radios-delivered --json"))
@id_argument("fact")
def command(request: Request, fact_id: str) -> Answer:
    """List who wrote a fact of a store on a server, when and why.

    Each revision with what it changed.
    `tajsec show ID --revision N` shows the fact as it was.
    """
    from tajsec.output.to_json import envelope, revision_objects
    from tajsec.store import revisions

    store = connected(request.server or server_of(None))
    records = revision_objects(revisions.history(store, fact_id))
    columns = [("Revision", "revision"), ("When (UTC)", "at"), ("Who", "who"), ("What", "what"), ("Changed", "changed")]
    columns += [("Note", "note")]
    return Answer(
        envelope("history", "revisions", records, fact=fact_id),
        "revisions",
        lambda rows: rich_tables.listing([*map(_row, rows)], columns, request.look),
    )


def _row(revision: "Record") -> "Record":
    at, changed = revision["at"], ", ".join(each["key"] for each in revision["keys"])
    return {
        **revision,
        "at": f"{at[:10]} {at[11:16]}",
        "changed": changed or "all",
        "note": revision["note"] or "",
    }
