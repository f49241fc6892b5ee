"""`tajsec topics`: the topics, each with its number of facts."""

from tajsec.cli.options import command
from tajsec.cli.replies import terms_reply
from tajsec.cli.request import Request
from tajsec.cli.terminal import Reply


@command("topics", examples=("tajsec topics", "tajsec topics --actor russia"))
def topics(request: Request) -> Reply:
    """List the topics.

    Each with the number of facts on it.
    """
    return terms_reply(request, "topic", "topics")
