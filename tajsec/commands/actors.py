"""`tajsec actors`: the actors, each with its number of facts."""

from tajsec.cli.options import command
from tajsec.cli.replies import terms_reply
from tajsec.cli.request import Request
from tajsec.cli.terminal import Reply


@command("actors", examples=("tajsec actors", "tajsec actors --topic exercises"))
def actors(request: Request) -> Reply:
    """List the actors.

    Each with the number of facts about it and its parts.
    """
    return terms_reply(request, "actor", "actors")
