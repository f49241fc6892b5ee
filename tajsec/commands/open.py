"""`tajsec open`: the source of a fact at the quoted words."""

import click

from tajsec.cli.desktop import open_address
from tajsec.cli.options import WholeNumber, id_argument, store_command
from tajsec.cli.replies import page_reply, stderr_line
from tajsec.cli.request import Request
from tajsec.cli.terminal import Reply
from tajsec.errors import UsageError


@store_command(
    formats=("plain", "json"),
    filters=False,
    examples=("tajsec open radios-delivered --print", "tajsec open base-agreement-signed --print --receipt 2"),
)
@id_argument("fact")
@click.option(
    "--receipt",
    type=WholeNumber(),
    default=1,
    show_default=True,
    help="Which of the fact's quotes.",
)
@click.option("--archived", is_flag=True, help="Open the archived copy of the page.")
@click.option("--print", "only_print", is_flag=True, help="Print the address instead.")
def command(request: Request, fact_id: str, receipt: int, archived: bool, only_print: bool) -> Reply:
    """Open the source at the quoted words.

    In the browser; the words are marked where the browser knows text fragments. An ID of - is that on standard input.
    """
    from tajsec.cite.citation import address as address_of
    from tajsec.output.to_json import envelope

    fact = request.store.fact(fact_id)
    if receipt > len(fact.cites):
        raise UsageError(f"--receipt {receipt}: {fact.id} has {len(fact.cites)}; name one of these")
    cite = fact.cites[receipt - 1]
    address = address_of(request.store.source(cite.source), cite, archived=archived)
    record = {"fact": fact.id, "source": cite.source, "passage": cite.passage, "address": address}
    return page_reply(
        request,
        lambda: envelope("open", "addresses", [record]),
        lambda: Reply(text=f"{address}\n") if only_print else _opened(address),
    )


def _opened(address: str) -> Reply:
    """Open an address; without a browser it is on stdout, whole, as a line on stderr may be cut."""
    if open_address(address):
        return Reply()
    return Reply(
        text=f"{address}\n", stderr=stderr_line("error: no browser could be started; open this address"), status=2
    )
