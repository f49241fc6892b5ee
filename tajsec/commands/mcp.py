"""`tajsec mcp`: the facts for assistants, by the Model Context Protocol."""

import gc
import sys

from tajsec.cli.options import store_command
from tajsec.cli.request import Request
from tajsec.cli.terminal import Reply
from tajsec.errors import UsageError


@store_command(formats=("json",), filters=False, examples=("tajsec mcp", "tajsec mcp --facts my-facts"))
def command(request: Request) -> Reply:
    """Serve the facts to an assistant.

    By the Model Context Protocol, on standard input and output: an assistant starts it, and asks it to search, to read
    a fact with its receipt, to cite, for differences, timeline and coverage. Needs tajsec[mcp].
    """
    if sys.stdin is None or sys.stdout is None:
        raise UsageError("standard input or output is closed; an assistant starts tajsec mcp with pipes on both")
    if sys.stdin.isatty():
        raise UsageError("standard input is a terminal; add the command `tajsec mcp` to an assistant, which starts it")
    try:
        from tajsec.api.mcp import serve
    except ImportError as error:
        raise UsageError(f"tajsec mcp needs {error.name}; install tajsec[mcp]") from error
    request.lasting = True
    gc.enable()  # off in commands that end soon; this one runs for days
    serve(request.store)
    return Reply()
