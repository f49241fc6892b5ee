"""`tajsec actors`: the actors, each with its number of facts."""

from tajsec.cli.options import store_command
from tajsec.cli.replies import Answer
from tajsec.cli.request import Request
from tajsec.commands.topics import terms


@store_command(examples=("tajsec actors", "tajsec actors --topic exercises"))
def command(request: Request) -> Answer:
    """List the actors.

    Each with the number of facts about it and its parts.
    """
    return terms(request, "actor", "actors", ("Part of", "part_of"))
