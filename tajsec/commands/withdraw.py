"""`tajsec withdraw`: a fact of a store on a server, taken out of every answer."""

import click

from tajsec.cli.options import Prose, id_argument, server_of, store_command
from tajsec.cli.replies import Answer
from tajsec.cli.request import Request, connected
from tajsec.commands.put import written


@store_command(
    formats=("plain", "json"),
    filters=False,
    examples=(
        "tajsec withdraw radios-delivered --reason 'a misprint'",
        "tajsec withdraw old --reason 'see new' --json",
    ),
)
@id_argument("fact")
@click.option("--reason", type=Prose(), required=True, metavar="TEXT", help="Why, for those who cited it.")
def command(request: Request, fact_id: str, reason: str) -> Answer:
    """Withdraw a fact of a store on a server.

    It is in no answer any longer; `tajsec show` has it with the reason, and its history stays.
    """
    from tajsec.authoring.putting import withdraw

    return written(request, [withdraw(connected(request.server or server_of(None), writes=True), fact_id, reason)])
