"""`tajsec places`: the places, each with its number of facts."""

from tajsec.cli.options import store_command
from tajsec.cli.replies import Answer
from tajsec.cli.request import Request
from tajsec.commands.topics import terms


@store_command(examples=("tajsec places", "tajsec places --topic training"))
def command(request: Request) -> Answer:
    """List the places.

    Each with the number of facts about it and what lies in it.
    """
    return terms(request, "place", "places", ("Part of", "part_of"))
