"""`tajsec mcp`, asked by the SDK's own client in memory and over a process, and by clients that mean harm."""

import contextlib
import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import anyio
import jsonschema
import pytest
from made_packs import write_pack
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters
from mcp.shared.exceptions import MCPError
from mcp_types import CallToolResult
from offline import ON_WEB, WHERE, fact_of
from processes import on_terminal, output_and_modules

from tajsec import __version__
from tajsec.api import mcp_answers
from tajsec.api.mcp import MAX_MESSAGE, TITLES, Server, server
from tajsec.cli.terminal import Reply
from tajsec.model.kinds import DIFFERENCES
from tajsec.model.protocol import SearchableStore
from tajsec.model.selection import EVERYTHING
from tajsec.output import wording
from tajsec.output.to_json import fact_objects
from tajsec.search.answer import search
from tajsec.store.open import open_store

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "tajsec", "mcp"]

Ask = Callable[..., dict[str, Any]]


def with_client(target: object, use: Callable[[Client], Any], mode: str = "auto") -> Any:
    """Connect a client to a server or a process, and return what `use` returns."""

    async def main() -> Any:
        with anyio.fail_after(60):
            async with Client(target, mode=mode) as client:
                return await use(client)

    return anyio.run(main)


def called(facts: Server, tool: str, arguments: Mapping[str, object], mode: str = "auto") -> CallToolResult:
    return with_client(facts, lambda client: client.call_tool(tool, dict(arguments)), mode)


@pytest.fixture(scope="module")
def facts(store: SearchableStore) -> Server:
    """A server of the shipped facts."""
    return server(store)


@pytest.fixture
def ask(facts: Server) -> Ask:
    """Call a tool and return its structured content."""

    def call(tool: str, **arguments: object) -> dict[str, Any]:
        result = called(facts, tool, arguments)
        assert not result.is_error, result.content
        return result.structured_content

    return call


# ---------------------------------------------------------------- the tools


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_every_tool_only_reads_and_says_what_it_returns(facts: Server, mode: str) -> None:
    tools = with_client(facts, lambda client: client.list_tools(), mode).tools
    assert [tool.name for tool in tools] == ["search", "fetch", "cite", "differences", "timeline", "coverage"]
    for tool in tools:
        hints = tool.annotations
        assert (hints.read_only_hint, hints.idempotent_hint) == (True, True)
        assert (hints.destructive_hint, hints.open_world_hint) == (False, False)
        assert tool.title == hints.title == TITLES[tool.name]
        assert tool.description
        assert tool.output_schema["type"] == "object"


CALLS = [
    ("search", {"query": "radios"}),
    ("search", {"query": "raidos", "limit": 1}),
    ("search", {"query": "radios nato"}),
    ("search", {"query": "help", "filters": {"actor": "NATO", "since": "2010", "until": "October 2016"}}),
    ("fetch", {"id": "radios-provided-rounded"}),
    ("cite", {"ids": ["radios-delivered", "vehicles-provided-358"], "by": "source"}),
    ("cite", {"ids": ["radios-delivered"], "style": "apa"}),
    ("differences", {}),
    ("differences", {"ids": ["radios-delivered"]}),
    ("timeline", {"filters": {"topic": "russian-base"}, "limit": 3, "offset": 1}),
    ("coverage", {}),
    ("coverage", {"filters": {"source": "nato-2017"}}),
]


@pytest.mark.parametrize(("tool", "arguments"), CALLS, ids=lambda value: json.dumps(value))
def test_an_answer_meets_its_schema_and_is_the_same_as_text(
    facts: Server, tool: str, arguments: dict[str, object]
) -> None:
    schemas = {each.name: each.output_schema for each in with_client(facts, lambda client: client.list_tools()).tools}
    result = called(facts, tool, arguments)
    assert not result.is_error, result.content
    jsonschema.validate(result.structured_content, schemas[tool])
    assert [json.loads(each.text) for each in result.content] == [result.structured_content]


def test_search_and_fetch_have_the_keys_that_assistants_expect(ask: Ask) -> None:
    results = ask("search", query="radios")["results"]
    assert results
    for result in results:
        whole = ask("fetch", id=result["id"])
        assert {key: whole[key] for key in ("id", "title", "url")} == {
            key: result[key] for key in ("id", "title", "url")
        }
        assert whole["text"].startswith(result["title"])
        assert whole["metadata"]["rank"] == result["rank"]


def test_search_finds_what_the_command_finds(ask: Ask, store: SearchableStore) -> None:
    for query in ("radios", "night vision", "russian base", "2012", "over 50 million"):
        found = ask("search", query=query)
        answer = search(store, query, EVERYTHING, limit=5)
        assert [each["id"] for each in found["results"]] == [each.id for each in answer.matches]
        assert found["total"] == answer.total


def test_what_limits_a_fact_travels_with_it(store: SearchableStore) -> None:
    every = fact_objects(store, store.select())
    for fact, result in zip(every, mcp_answers._results(every, 1), strict=True):
        assert (result["rank"], result["status"]) == (fact["rank"], fact["status"])
        assert bool(result.get("as_of")) == bool(fact["as_of"])
        assert [each["id"] for each in result.get("differences", [])] == [
            other
            for other, kind in (
                *((each["to"], each["kind"]) for each in fact["relations"]),
                *((each["from"], each["kind"]) for each in fact["related"]),
            )
            if kind in DIFFERENCES
        ]
        for quantity, figure in zip(fact["quantities"], result.get("figures", []), strict=True):
            assert figure.startswith(wording.amount(quantity))
            assert quantity["qualifier"] == "exact" or figure.startswith(quantity["qualifier"].replace("-", " "))


def test_five_facts_fit_in_six_kilobytes(store: SearchableStore) -> None:
    lines = (ROOT / "benchmarks" / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    queries = [json.loads(line)["q"] for line in lines[:: len(lines) // 100]]
    answers = [mcp_answers.found(store, query, EVERYTHING, 5) for query in queries]
    assert len(answers) >= 100
    lines = [mcp_answers.timeline(store, EVERYTHING, 5, offset) for offset in range(0, store.count_in_time() - 4, 5)]
    assert all(len(each["facts"]) == 5 for each in lines)
    assert max(len(mcp_answers.text(each).encode()) for each in (*answers, *lines)) <= 6144
    facts = [fact for each in (*answers, *lines) for fact in (*each.get("results", ()), *each.get("facts", ()))]
    assert all(each["receipts"][0]["quotes"] for each in facts)


def test_a_listing_says_how_many_quotes_it_leaves_to_fetch(ask: Ask, store: SearchableStore) -> None:
    many = next(fact for fact in store.facts() if len(fact.cites) > 3)
    (listed,) = mcp_answers._results(fact_objects(store, [store.number(many.id)]), 3)
    quotes = [quote for each in listed["receipts"] for quote in each["quotes"]]
    assert len(quotes) + listed["more_quotes"] == len(many.cites)
    whole = ask("fetch", id=many.id)
    assert sum(len(each["quotes"]) for each in whole["metadata"]["receipts"]) == len(many.cites)
    assert {each["document"] for each in whole["metadata"]["receipts"]} == set(whole["metadata"]["documents"])


def test_a_document_without_an_address_says_where_it_is_kept(offline: Path) -> None:
    kept = server(open_store([offline]))
    for source, where in WHERE.items():
        for tool, arguments in (("fetch", {"id": fact_of(source)}), ("search", {"query": fact_of(source)})):
            result = called(kept, tool, arguments).structured_content
            assert result, (tool, source)
            found = result.get("metadata", result)["documents"][source]
            expected = {"url": where} if source in ON_WEB else {"url": None, "kept_at": where}
            assert {key: found[key] for key in ("url", "kept_at") if key in found} == expected
            assert (result if tool == "fetch" else result["results"][0])["url"] == expected["url"]


def test_a_miss_says_why_and_what_is_near(ask: Ask) -> None:
    found = ask("search", query="radios nato")
    assert found["results"] == []
    assert found["reasons"] == ["no fact joins all of it"]
    assert found["nearest"][0]["id"] == "radios-delivered"
    assert found["nearest"][0]["misses"] == ["nato"]
    assert set(found["documents"]) >= {each["document"] for each in found["nearest"][0]["receipts"]}


def test_a_word_that_was_taken_for_another_is_told(ask: Ask) -> None:
    assert ask("search", query="raidos")["taken_for"][0] == {"typed": "raidos", "read_as": "radios", "how": "spelling"}
    assert "taken_for" not in ask("search", query="radios")


def test_a_citation_is_that_of_the_command(ask: Ask, run: Callable[..., Reply]) -> None:
    (citation,) = ask("cite", ids=["radios-delivered"], style="bibtex")["citations"]
    assert citation["text"] == run("cite", "radios-delivered", "--style", "bibtex").text
    (fact,) = citation["facts"]
    assert (fact["id"], fact["rank"]) == ("radios-delivered", "preferred")
    assert [each["id"] for each in fact["differences"]] == ["radios-provided-rounded"]
    rendered = ask("cite", ids=["radios-delivered"], style="apa")
    assert len(rendered["bibliography"]) == 1


def test_differences_have_both_sides_the_reason_and_which_to_cite(ask: Ask) -> None:
    (pair,) = ask("differences", ids=["radios-delivered"])["differences"]
    assert [each["id"] for each in pair["facts"]] == ["radios-provided-rounded", "radios-delivered"]
    assert (pair["how"], pair["cite"]) == ("is a rounded form of", "radios-delivered")
    assert "4,862" in pair["why"]


def test_timeline_and_coverage_count_what_they_leave_out(ask: Ask, store: SearchableStore) -> None:
    line = ask("timeline", limit=2, offset=1)
    assert [each["id"] for each in line["facts"]] == [
        each.id for each in store.by_numbers(store.in_time(limit=2, offset=1))
    ]
    assert line["total"] + line["undated"] == store.count()
    held = ask("coverage")
    assert [each["id"] for each in held["documents"]] == [each.id for each in store.sources()]
    assert all(each["first"] <= each["last"] for each in held["topics"])


# ---------------------------------------------------------------- resource and prompt


def test_an_answer_names_the_pack_of_what_is_not_shipped_and_a_filter_takes_a_pack(tmp_path: Path) -> None:
    with_pack = server(open_store([write_pack(tmp_path / "one")]))
    found = called(with_pack, "search", {"query": "lorries", "limit": 50}).structured_content
    packs = {each["id"]: each.get("pack") for each in [*found["results"], *found.get("nearest", [])]}
    assert packs.pop("lorries-border-observatory") == "border-observatory 1.0.0"
    assert set(packs.values()) <= {None}
    shipped = called(with_pack, "search", {"query": "lorries", "filters": {"pack": "tajsec"}}).structured_content
    assert "lorries-border-observatory" not in {each["id"] for each in shipped["results"]}
    whole = called(with_pack, "fetch", {"id": "lorries-border-observatory"}).structured_content
    assert "Pack: border-observatory 1.0.0" in whole["text"]
    refused = called(with_pack, "timeline", {"filters": {"pack": "border-observatry"}})
    assert refused.is_error
    assert "did you mean border-observatory?" in refused.content[0].text


def test_the_resource_of_a_fact_is_its_json(facts: Server, store: SearchableStore) -> None:
    (content,) = with_client(facts, lambda client: client.read_resource("tajsec://fact/radios-delivered")).contents
    assert content.mime_type == "application/json"
    assert json.loads(content.text) == fact_objects(store, [store.number("radios-delivered")])[0]


def test_the_prompt_has_the_question_behind_its_rules(facts: Server) -> None:
    (message,) = with_client(
        facts,
        lambda client: client.get_prompt("answer_with_citations", {"question": "How many radios?"}),
    ).messages
    assert message.content.text.endswith("Question: How many radios?")
    assert "from the facts of this server alone" in message.content.text


REFUSED = [
    (lambda client: client.read_resource("tajsec://fact/radios-deliverd"), "did you mean radios-delivered?"),
    (lambda client: client.read_resource("tajsec://fact/%00"), "failed security validation"),
    (lambda client: client.read_resource("tajsec://fact/..%2F..%2Fetc"), "failed security validation"),
    (lambda client: client.read_resource("file:///etc/passwd"), "Unknown resource"),
    (lambda client: client.read_resource("tajsec://fact/" + "x" * 100_000), "Unknown resource"),
    (lambda client: client.get_prompt("answer"), "Unknown prompt: answer"),
    (lambda client: client.get_prompt("answer_with_citations"), "Missing required arguments: {'question'}"),
    (lambda client: client.get_prompt("answer_with_citations", {"question": "x" * 3000}), "at most 2000 characters"),
]


@pytest.mark.parametrize(("use", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_a_wrong_address_or_prompt_is_refused_in_one_line(
    facts: Server, use: Callable[[Client], Any], message: str
) -> None:
    async def refused(client: Client) -> MCPError:
        with pytest.raises(MCPError, match=re.escape(message)) as caught:
            await use(client)
        return caught.value

    error = with_client(facts, refused).error
    assert error.code == -32602
    assert len(error.message) <= 500
    assert error.message.isprintable()


# ---------------------------------------------------------------- hostile arguments

ARGUMENTS = [
    ("serch", {"query": "radios"}, "unknown tool 'serch'; did you mean search?"),
    ("__init__", {}, "unknown tool '__init__'"),
    ("x" * 100_000, {}, "unknown tool 'xxx"),
    ("search", {}, "query: Field required"),
    ("search", {"query": 5}, "query: Input should be a valid string"),
    ("search", {"query": ["radios"]}, "query: Input should be a valid string"),
    ("search", {"query": "radios", "topics": "x"}, "unknown argument 'topics'; search takes query, filters, limit"),
    ("search", {"query": "radios", "a\x1b[31m\n": 1}, "unknown argument 'a\\x1b[31m\\n'"),
    ("search", {"query": ""}, "a query without a word"),
    ("search", {"query": "\0"}, "a query without a word"),
    ("search", {"query": "\u202e\u200d"}, "a query without a word"),
    ("search", {"query": "x" * 100_000}, "a query of 100,000 characters; the most is 256"),
    ("search", {"query": '"radios'}, "a quote is opened and not closed"),
    ("search", {"query": "radios", "limit": 0}, "limit: Input should be greater than or equal to 1"),
    ("search", {"query": "radios", "limit": 10**30}, "limit: Input should be less than or equal to 50"),
    ("search", {"query": "radios", "limit": "all"}, "limit: Input should be a valid integer"),
    ("search", {"query": "radios", "filters": [1]}, "filters: Input should be a valid dictionary"),
    ("search", {"query": "radios", "filters": {"actr": "nato"}}, "filters.actr: Extra inputs are not permitted"),
    ("search", {"query": "radios", "filters": {"actor": "ntao"}}, "unknown actor 'ntao'; did you mean nato?"),
    ("search", {"query": "radios", "filters": {"actor": "x" * 10_000}}, "at most 256 characters"),
    ("search", {"query": "radios", "filters": {"actor": "\0\n\x1b"}}, "unknown actor"),
    ("search", {"query": "radios", "filters": {"since": "yesterday"}}, "not a date"),
    ("search", {"query": "radios", "filters": {"since": "2014", "until": "2012"}}, "before since 2014"),
    ("search", {"query": "radios", "filters": {"status": "done"}}, "unknown status 'done'"),
    ("fetch", {"id": "radios-deliverd"}, "unknown fact 'radios-deliverd'; did you mean radios-delivered?"),
    ("fetch", {"id": "../../etc/passwd"}, "unknown fact '../../etc/passwd'"),
    ("fetch", {"id": "a\0b"}, "unknown fact 'a\\x00b'"),
    ("fetch", {"id": "' OR 1=1 --"}, "unknown fact"),
    ("fetch", {"id": "x" * 10_000}, "id: String should have at most 64 characters"),
    ("fetch", {"id": None}, "id: Input should be a valid string"),
    ("cite", {"ids": []}, "ids: empty"),
    ("cite", {"ids": ["radios-deliverd"]}, "did you mean radios-delivered?"),
    ("cite", {"ids": ["radios-delivered"] * 10_000}, "ids: List should have at most 50 items"),
    ("cite", {"ids": ["radios-delivered"], "style": "apaa"}, "unknown style 'apaa'; did you mean apa?"),
    ("cite", {"ids": ["radios-delivered"], "style": "../x"}, "unknown style '../x'"),
    ("cite", {"ids": ["radios-delivered"], "by": "me"}, "by: Input should be 'fact' or 'source'"),
    ("differences", {"ids": ["nope"]}, "unknown fact 'nope'"),
    ("timeline", {"offset": -1}, "offset: Input should be greater than or equal to 0"),
    ("timeline", {"offset": 2**70}, "offset: Input should be less than or equal to 1000000"),
    ("coverage", {"filters": {"source": "vao-2013"}}, "unknown source 'vao-2013'; did you mean voa-2013?"),
]


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_hostile_argument_gets_an_error_of_one_line(
    facts: Server, mode: str, capfd: pytest.CaptureFixture[str]
) -> None:
    async def call_each(client: Client) -> list[CallToolResult]:
        return [await client.call_tool(tool, arguments) for tool, arguments, _ in ARGUMENTS]

    results = with_client(facts, call_each, mode)
    for result, (tool, _, message) in zip(results, ARGUMENTS, strict=True):
        (content,) = result.content
        assert result.is_error, tool
        assert message in content.text
        assert len(content.text) <= 500
        assert content.text.isprintable()
    assert capfd.readouterr() == ("", "")


def test_a_bug_of_ours_is_one_line_too(facts: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise ZeroDivisionError("no\nfacts")

    monkeypatch.setattr(mcp_answers, "covered", broken)
    result = called(facts, "coverage", {})
    assert result.is_error
    assert result.content[0].text == "ZeroDivisionError: no facts; a bug of ours"


# ---------------------------------------------------------------- a process


class Process:
    """A server as a process, and a client that writes its messages by hand."""

    def __init__(self, environ: dict[str, str], *options: str) -> None:
        pipe = subprocess.PIPE
        self.process = subprocess.Popen([*COMMAND, *options], env=environ, stdin=pipe, stdout=pipe, stderr=pipe)
        self._watch = threading.Timer(60, self.process.kill)
        self._watch.start()
        self.pings = 0

    def send(self, line: bytes) -> None:
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()

    def request(self, id: object, method: str, **params: object) -> None:
        self.send(json.dumps({"jsonrpc": "2.0", "id": id, "method": method, "params": params}).encode())

    def read(self) -> dict[str, Any]:
        """Read an answer; that it is JSON-RPC is part of every test."""
        answer = json.loads(self.process.stdout.readline())
        assert answer["jsonrpc"] == "2.0"
        return answer

    def initialize(self) -> None:
        client = {"name": "test", "version": "1"}
        self.request(0, "initialize", protocolVersion="2025-06-18", capabilities={}, clientInfo=client)
        assert self.read()["result"]["serverInfo"]["version"] == __version__
        self.send(b'{"jsonrpc": "2.0", "method": "notifications/initialized"}')

    def end(self) -> tuple[int, bytes, bytes]:
        """Close standard input; return the status, and what is left on stdout and stderr."""
        self.process.stdin.close()
        status = self.process.wait(60)
        self._watch.cancel()
        out, err = (b"" if each.closed else each.read() for each in (self.process.stdout, self.process.stderr))
        return status, out, err


@contextlib.contextmanager
def running(environ: dict[str, str], *options: str) -> Iterator[Process]:
    process = Process(environ, *options)
    try:
        process.initialize()
        yield process
    finally:
        process.process.kill()
        process.end()
        for each in (process.process.stdout, process.process.stderr):
            each.close()


def tool_call(**arguments: object) -> bytes:
    params = {"name": "search", "arguments": arguments}
    return json.dumps({"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": params}).encode()


LINES = [
    (b"{", None, -32700),
    (b"Content-Length: 20\r", None, -32700),
    (b"\xff\xfe\x00", None, -32700),
    (b"[" * 100_000, None, -32700),
    (b'{"a":' * 100_000, None, -32700),
    (b"x" * (3 * MAX_MESSAGE), None, -32700),
    (tool_call(query="x" * MAX_MESSAGE), None, -32700),
    (b"[]", None, -32600),
    (b"5", None, -32600),
    (b'{"jsonrpc":"2.0","id":7}', 7, -32600),
    (b'{"jsonrpc":"2.0","id":"a","method":5}', "a", -32600),
    (b'{"jsonrpc":"1.0","id":7,"method":"ping"}', 7, -32600),
    (b'{"jsonrpc":"2.0","id":7,"method":"tools/call","params":"x"}', 7, -32600),
    (b'{"jsonrpc":"2.0","id":{},"method":"ping"}', None, -32600),
    (b'{"jsonrpc":"2.0","id":true,"method":"ping"}', None, -32600),
    (b'{"jsonrpc":"2.0","id":1.5,"method":"ping"}', None, -32600),
    (b'{"jsonrpc":"2.0","id":7,"method":"no/such"}', 7, -32601),
    (b'{"jsonrpc":"2.0","id":7,"method":"logging/setLevel","params":{"level":"debug"}}', 7, -32601),
    (b'{"jsonrpc":"2.0","id":7,"method":"initialize","params":{}}', 7, -32602),
    (b'{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{}}', 7, -32602),
    (b'{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"search","arguments":"x"}}', 7, -32602),
    (b'{"jsonrpc":"2.0","id":7,"method":"resources/read","params":{"uri":"x://\\u0000"}}', 7, -32602),
    (tool_call(query="radios", limit=float("nan")), 7, "limit: Input should be a finite number"),
    (tool_call(query="radios", limit=1e308 * 10), 7, "limit: Input should be a finite number"),
    (tool_call(query="x" * 300), 7, "a query of 300 characters"),
    (tool_call(query="\ud800"), 7, "a query without a word"),
    (tool_call(query="\udfff\udbff"), 7, "a query without a word"),
    (tool_call(**{"\ud800": 1}), 7, "unknown argument"),
]


def test_every_hostile_line_gets_an_error_and_the_next_an_answer(environ: dict[str, str]) -> None:
    with running(environ) as client:
        for number, (line, id, expected) in enumerate(LINES):
            client.send(line)
            answer = client.read()
            assert answer["id"] == id, line[:80]
            if isinstance(expected, int):
                assert answer["error"]["code"] == expected, line[:80]
            else:
                assert answer["result"]["isError"]
                assert expected in answer["result"]["content"][0]["text"]
            client.request(f"ping {number}", "ping")
            assert client.read()["id"] == f"ping {number}"
        assert client.end() == (0, b"", b"")


def test_whole_characters_in_escapes_are_kept(environ: dict[str, str]) -> None:
    with running(environ) as client:
        client.send(tool_call(query="radios \U0001f4fb"))
        assert client.read()["result"]["structuredContent"]["results"]
        client.send(tool_call(query="\\ud800"))  # a backslash and five letters
        assert client.read()["result"]["structuredContent"]["left_out"] == ["ud800"]


def test_a_flood_of_calls_is_answered_call_by_call(environ: dict[str, str]) -> None:
    with running(environ) as client:
        for number in range(1, 301):
            client.request(number, "tools/call", name="fetch", arguments={"id": "radios-delivered"})
        answers = [client.read() for _ in range(300)]
        assert sorted(each["id"] for each in answers) == list(range(1, 301))
        assert all(not each["result"]["isError"] for each in answers)


def test_a_client_that_closes_its_end_ends_the_server(environ: dict[str, str]) -> None:
    with running(environ) as client:
        client.process.stdout.close()
        client.request(1, "ping")
        assert client.process.wait(30) == 141  # with standard input still open
        assert client.process.stderr.read() == b""
    nobody = subprocess.run(COMMAND, env=environ, input=b"", capture_output=True, timeout=60)
    assert (nobody.returncode, nobody.stdout, nobody.stderr) == (0, b"", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_and_closed_streams_are_one_line(environ: dict[str, str]) -> None:
    line = b'{"jsonrpc":"2.0","id":1,"method":"ping"}\n'
    for redirected, message in ((">/dev/full", b"No space left"), (">&-", b"is closed"), ("<&-", b"is closed")):
        shell = ["bash", "-c", f'exec "$@" {redirected}', "bash", *COMMAND]
        pipe = subprocess.PIPE
        with subprocess.Popen(shell, env=environ, stdin=pipe, stdout=pipe, stderr=pipe) as process:
            with contextlib.suppress(BrokenPipeError):  # one that cannot start need not read
                process.stdin.write(line)
                process.stdin.flush()
            status = process.wait(60)  # with standard input still open: its end might come before the answer
            out, err = process.stdout.read(), process.stderr.read()
            with contextlib.suppress(BrokenPipeError):
                process.stdin.close()
        assert (status, out, err.count(b"\n")) == (2, b"", 1)
        assert message in err


def test_a_terminal_gets_a_line_instead_of_silence(environ: dict[str, str]) -> None:
    shown, status = on_terminal(COMMAND, environ)
    assert status == 2
    assert "standard input is a terminal" in shown


def test_the_sdk_s_client_starts_the_command_with_a_pack(environ: dict[str, str], small: Path) -> None:
    options = ["-m", "tajsec", "mcp", "--facts", str(small)]
    parameters = StdioServerParameters(command=sys.executable, args=options, env=environ)

    async def use(client: Client) -> tuple[Any, ...]:
        return (
            await client.call_tool("search", {"query": "radios"}),
            await client.call_tool("fetch", {"id": "seven-radio"}),
            await client.list_resource_templates(),
            await client.list_prompts(),
        )

    found, missed, templates, prompts = with_client(parameters, use)
    assert found.structured_content["results"] == [
        {
            "id": "seven-radios",
            "title": "The United States gave over 7 radios in 2019.",
            "url": "https://example.org/paper",
            "figures": ["over 7 radios: radios given"],
            "when": "2019",
            "status": "completed",
            "rank": "normal",
            "receipts": [{"document": "paper", "quotes": ["gave over 7 radios"]}],
        }
    ]
    assert (missed.is_error, missed.content[0].text) == (True, "unknown fact 'seven-radio'; did you mean seven-radios?")
    assert [each.uri_template for each in templates.resource_templates] == ["tajsec://fact/{id}"]
    assert [each.name for each in prompts.prompts] == ["answer_with_citations"]


def test_a_pack_that_breaks_the_rules_is_one_line(environ: dict[str, str], small: Path) -> None:
    (small / "facts" / "gear.toml").write_text("[[fact]]\n", encoding="utf-8")
    done = subprocess.run(
        [*COMMAND, "--facts", str(small)], env=environ, input="", capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "gear.toml:1" in done.stderr


# ---------------------------------------------------------------- the extra, and the registry


def test_without_the_extra_one_line_says_what_to_install(
    run: Callable[..., Reply], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [each for each in sys.modules if each.split(".")[0] == "mcp"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp", None)
    monkeypatch.delitem(sys.modules, "tajsec.api.mcp")
    reply = run("mcp")
    assert (reply.text, reply.status) == ("", 2)
    assert reply.stderr == "tajsec: error: tajsec mcp needs mcp.server; install tajsec[mcp]\n"


@pytest.mark.parametrize("args", [["--help"], ["search", "radios", "--json"], ["show", "radios-delivered"]])
def test_no_other_command_loads_the_sdk(args: list[str], environ: dict[str, str]) -> None:
    _, loaded = output_and_modules(args, environ)
    assert "tajsec" in loaded
    assert {each.split(".")[0] for each in loaded} & {"mcp", "mcp_types", "pydantic", "anyio"} == set()


def test_the_registry_s_record_is_of_this_version_and_names_its_owner_in_the_readme() -> None:
    record = json.loads((ROOT / "server.json").read_text(encoding="utf-8"))
    (package,) = record["packages"]
    assert record["version"] == package["version"] == __version__
    assert len(record["description"]) <= 100
    assert (package["registryType"], package["identifier"]) == ("pypi", "tajsec")
    assert f"mcp-name: {record['name']} " in (ROOT / "README.md").read_text(encoding="utf-8")
