"""The facts for assistants: a server of the Model Context Protocol; no other module imports its SDK (`tajsec[mcp]`).

The SDK reads and answers the messages. What it leaves open is added here: a line that is no message gets an error, one
that is too long is not kept, and every error is one line that says what is wrong and what to do.
"""

import re
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from inspect import signature
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

import anyio
from anyio import to_thread
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError, ToolError
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError
from mcp.shared.message import SessionMessage
from mcp_types import (
    INVALID_PARAMS,
    INVALID_REQUEST,
    PARSE_ERROR,
    CallToolResult,
    ErrorData,
    GetPromptResult,
    InputRequiredResult,
    JSONRPCError,
    JSONRPCNotification,
    TextContent,
    ToolAnnotations,
)
from pydantic import Field, ValidationError

from tajsec import __version__
from tajsec.api import mcp_answers as answers
from tajsec.api.mcp_answers import Filters, Id
from tajsec.cite.styles import STYLES
from tajsec.errors import TajsecError, UnknownName, UsageError
from tajsec.text.forms import printable
from tajsec.text.spelling import near_names

if TYPE_CHECKING:
    from anyio.streams.memory import MemoryObjectSendStream

    from tajsec.model.protocol import SearchableStore

    Read = AsyncIterator[SessionMessage | Exception]


MAX_MESSAGE = 2**20
"""Bytes of a message. A call has a few hundred, and the longest arguments that the tools take some thousands."""

MAX_ERROR = 500
"""Characters of an error: as many as of a line on stderr."""

INSTRUCTIONS = """\
Facts on Tajikistan's security cooperation (arms, training, bases, borders, drugs; United States, Russia, NATO), each \
one sentence with its receipt: document, quoted words, as-of date, and what differs. Look facts up with `search`, read \
one with `fetch`. A figure keeps its qualifier ("over", "up to"), its as-of date, and whether it is planned or only \
stated. If nothing is found, say so with the reasons.
Say when documents differ, and prefer the fact that a difference names under `cite`. The tool `cite` writes citations, \
`coverage` shows what the documents hold."""
"""Some clients read the first 512 characters alone: they are the first paragraph."""

PROMPT = """\
Answer the question below from the facts of this server alone.

1. Call `search`; try other words if it finds nothing. Call `fetch` for each fact that you use.
2. After each claim, cite its fact: document, date and address, and the id of the fact in brackets.
3. Keep the qualifier of a figure, its as-of date, and whether it is planned or only stated.
4. Where facts differ, say so, with the reason, and prefer the one that the server names.
5. If the facts do not answer it, or a part of it, say that, with the reasons that `search` returns. Add nothing from \
elsewhere.

Question: """

TITLES = {
    "search": "Search facts",
    "fetch": "Read a fact with its receipt",
    "cite": "Cite facts",
    "differences": "Show where documents differ",
    "timeline": "List facts in order of time",
    "coverage": "Show what the documents hold",
}
"""The tools, which are methods of `Tools`, with their titles."""

Ids = Annotated[list[Id], Field(max_length=50, description="Ids of facts, as `search` returns them")]
Limit = Annotated[int, Field(ge=1, le=50, description="Facts to return")]


def serve(store: "SearchableStore") -> None:
    """Answer the messages on standard input, on standard output, until the first is closed.

    Raises BrokenPipeError if the client closes standard output, and OSError if that cannot be written.
    """
    try:
        anyio.run(server(store).run_stdio_async)
    except BaseExceptionGroup as group:
        failure: BaseException | None = group.subgroup(OSError)
        while isinstance(failure, BaseExceptionGroup):
            failure = failure.exceptions[0]
        raise failure or group from None


def server(store: "SearchableStore") -> "Server":
    """Return a server of a store: its tools, the resource of a fact, and a prompt."""
    made, tools = Server(), Tools(store)
    for name, title in TITLES.items():
        made.add_tool(
            getattr(tools, name),
            title=title,
            annotations=ToolAnnotations(
                title=title, read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
            ),
        )
    made.resource("tajsec://fact/{id}", name="fact", title="A fact", mime_type="application/json")(tools.fact)
    made.prompt(name="answer_with_citations", title="Answer with citations only from these facts")(question_prompt)
    return made


def question_prompt(question: Annotated[str, Field(max_length=2000, description="The question to answer")]) -> str:
    """Answer a question with citations, only from these facts."""
    return PROMPT + question


# ---------------------------------------------------------------- the tools


class Tools:
    """The tools, named as the client sees them; their docstrings are what an assistant reads."""

    def __init__(self, store: "SearchableStore") -> None:
        """`store` may be used from any thread, as the SDK runs each call in one of its own."""
        self._opened = store

    @property
    def _store(self) -> "SearchableStore":
        """The store as it is now: others may write one on a server."""
        self._opened.renew()
        return self._opened

    def search(
        self,
        query: Annotated[str, Field(description="Words, names, dates or figures; at most 256 characters")],
        filters: Filters | None = None,
        limit: Limit = 5,
    ) -> Annotated[CallToolResult, answers.Found]:
        """Find cited facts, best first.

        If none answers the whole query, `reasons` says why, and `nearest` has facts that answer a part of it.
        """
        return _result(answers.found(self._store, query, answers.selected(self._store, filters), limit))

    def fetch(self, id: Id) -> Annotated[CallToolResult, answers.Fetched]:
        """Return a fact whole, by its id: every quote, passage, figure, difference, and note."""
        return _result(answers.fetched(self._store, id))

    def cite(
        self,
        ids: Ids,
        style: Annotated[str, Field(max_length=64, json_schema_extra={"enum": [*STYLES]})] = "plain",
        by: Annotated[
            Literal["fact", "source"], Field(description="A citation a fact, or an entry a document")
        ] = "fact",
    ) -> Annotated[CallToolResult, answers.Citations]:
        """Cite facts in a style. A citation has the claim with its limits, the document, the passage, and its words."""
        if not ids:
            raise UsageError("ids: empty; name the facts to cite, as search returns them")
        return _result(answers.cited(self._store, ids, style, by))

    def differences(
        self,
        ids: Ids | None = None,
        filters: Filters | None = None,
        limit: Annotated[int, Field(ge=1, le=25, description="Pairs to return")] = 5,
    ) -> Annotated[CallToolResult, answers.Differences]:
        """List pairs of facts that differ, how and why, and which to cite: those of `ids`, or all that meet filters."""
        return _result(answers.differing(self._store, ids or (), answers.selected(self._store, filters), limit))

    def timeline(
        self,
        filters: Filters | None = None,
        limit: Limit = 10,
        offset: Annotated[int, Field(ge=0, le=10**6, description="Facts to leave out before the first")] = 0,
    ) -> Annotated[CallToolResult, answers.Timeline]:
        """List dated facts in order of time. A date is as precise as it is known: a year is no first of January."""
        return _result(answers.timeline(self._store, answers.selected(self._store, filters), limit, offset))

    def coverage(self, filters: Filters | None = None) -> Annotated[CallToolResult, answers.Coverage]:
        """Show what the documents hold: how much of each is cited, and the topics with their years.

        It tells a fact that is missing from one that these documents cannot have.
        """
        return _result(answers.covered(self._store, answers.selected(self._store, filters)))

    def fact(self, id: str) -> str:
        """Return the JSON object of a fact, as `tajsec show --json` prints it."""
        return self._store.objects([self._store.number(id)])[0]


def _result(answer: Mapping[str, Any]) -> CallToolResult:
    """Return an answer as structured content, and as the same JSON in a text for clients that read only texts."""
    return CallToolResult(
        content=[TextContent(type="text", text=answers.text(answer))], structured_content=dict(answer)
    )


# ---------------------------------------------------------------- errors


class Server(MCPServer[None]):
    """The SDK's server, with errors of one line, and an answer to every line of standard input."""

    def __init__(self) -> None:
        """It logs nothing: stderr is for the user, and the client has the error already."""
        super().__init__(
            "tajsec",
            title="tajsec: cited facts on Tajikistan's security cooperation",
            instructions=INSTRUCTIONS,
            version=__version__,
            log_level="CRITICAL",
            subscriptions=False,
        )

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[None, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """Call a tool. Raises ToolError, of one line."""
        try:
            self._refuse_unknown(name, arguments)
            return await super().call_tool(name, arguments, context)
        except TajsecError as error:
            raise ToolError(_line(error)) from None
        except ToolError as error:
            raise ToolError(_line(error.__cause__ or error)) from None

    def _refuse_unknown(self, name: str, arguments: Mapping[str, object]) -> None:
        """Raise UsageError for a tool or an argument that does not exist; the SDK would ignore the second."""
        if name not in TITLES:
            raise UnknownName("tool", name[:MAX_ERROR], near_names(name[:64], TITLES), "tools/list")
        known = list(signature(getattr(Tools, name)).parameters)[1:]
        if unknown := next((each for each in arguments if each not in known), None):
            raise UsageError(f"unknown argument {unknown[:64]!r}; {name} takes {', '.join(known)}")

    async def read_resource(self, uri: Any, context: Context[None, Any] | None = None) -> Any:  # noqa: ANN401
        """Return a resource. Raises ResourceNotFoundError, of one line."""
        try:
            return await super().read_resource(uri, context)
        except ResourceError as error:
            raise ResourceNotFoundError(_line(error.__cause__ or error)) from None

    async def get_prompt(
        self, name: str, arguments: dict[str, Any] | None = None, context: Context[None, Any] | None = None
    ) -> GetPromptResult | InputRequiredResult:
        """Return a prompt. Raises MCPError, of one line."""
        try:
            return await super().get_prompt(name, arguments, context)
        except ValueError as error:
            cause = error.__cause__.__cause__ if error.__cause__ else None
            raise MCPError(code=INVALID_PARAMS, message=_line(cause or error)) from None

    async def run_stdio_async(self) -> None:
        """Answer the messages of standard input until it ends."""
        lines = cast("anyio.AsyncFile[str]", _lines())
        async with stdio_server(lines) as (read, write), anyio.create_task_group() as tasks:
            send, receive = anyio.create_memory_object_stream[SessionMessage | Exception]()
            tasks.start_soon(_relay, read, send, write.send)
            await self._lowlevel_server.run(receive, write, self._lowlevel_server.create_initialization_options())


def _line(error: BaseException) -> str:
    """Return an error as one line."""
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        text = f"{'.'.join(map(str, first['loc']))}: {first['msg']}; tools/list has the arguments of each tool"
    elif isinstance(error, TajsecError | ToolError | ResourceError | ValueError):
        text = str(error)
    else:
        text = f"{type(error).__name__}: {error}; a bug of ours"
    return printable(text[:MAX_ERROR])


# ---------------------------------------------------------------- standard input


_LONE_SURROGATE = re.compile(
    r"(\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
)
"""An escape of half a character; the first group is what only looks like one."""


async def _lines() -> AsyncIterator[str]:
    """Yield the lines of standard input that are not blank, cut at `MAX_MESSAGE`.

    What is no character is replaced, so that the message can be read and answered. The thread that waits for a line is
    abandoned when the client closes standard output.
    """
    while line := await _part():
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = await _part()
        if line.strip():
            yield _LONE_SURROGATE.sub(lambda found: found[1] or r"\ufffd", line.decode("utf-8", "replace"))


async def _part() -> bytes:
    """Return a line of standard input, or `MAX_MESSAGE` bytes of one; b"" at its end."""
    return await to_thread.run_sync(sys.stdin.buffer.readline, MAX_MESSAGE, abandon_on_cancel=True)


async def _relay(
    read: "Read", send: "MemoryObjectSendStream[SessionMessage | Exception]", answer: Callable[[SessionMessage], Any]
) -> None:
    """Pass messages on to the server, and answer what is none, which the SDK would only log."""
    async with send:
        async for item in read:
            if isinstance(item, Exception):
                await answer(_refusal(item.errors() if isinstance(item, ValidationError) else []))
            elif isinstance(item.message, JSONRPCNotification) and not item.message.method.startswith("notifications/"):
                await answer(_refusal([{"type": "id", "input": None}]))  # a request, whose id is no number or text
            else:
                await send.send(item)


def _refusal(problems: Sequence[Mapping[str, Any]]) -> SessionMessage:
    """Return the response to a line that is no message, with its id if that is known."""
    if not problems or problems[0]["type"] == "json_invalid":
        what = f"not JSON, or over {MAX_MESSAGE:,} bytes; send one message of JSON-RPC 2.0 a line"
        return SessionMessage(JSONRPCError(jsonrpc="2.0", id=None, error=ErrorData(code=PARSE_ERROR, message=what)))
    ids = (each["input"].get("id") for each in problems if isinstance(each["input"], dict))
    id = next((each for each in ids if type(each) in (int, str)), None)
    what = "no message of JSON-RPC 2.0; one has jsonrpc, id (a text or a whole number), method, and params as an object"
    return SessionMessage(JSONRPCError(jsonrpc="2.0", id=id, error=ErrorData(code=INVALID_REQUEST, message=what)))
