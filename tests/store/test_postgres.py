"""The store on a server answers as the one in a file does, in few round trips, and fails in one line."""

import contextlib
import json
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import psycopg
import pytest
from servers import Server, Slow

from tajsec.data.folders import folders_of
from tajsec.data.read import read
from tajsec.errors import FailingEnvironment, TajsecError, UsageError
from tajsec.model.protocol import SearchableStore
from tajsec.model.selection import EVERYTHING
from tajsec.search.answer import Answer, questions_of, search
from tajsec.search.filters import filter_questions, selection
from tajsec.store import revisions
from tajsec.store.cache import FORMAT
from tajsec.store.postgres import PostgresStore, address_of

QUERIES = [
    json.loads(line)["q"]
    for name in ("queries", "questions", "silence", "noise")
    for line in (Path(__file__).parents[2] / "benchmarks" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
]
MORE = [
    '"short and long-range" radios',
    "radios -embassy",
    "raidos OR jeps -nato",
    "ambul*",
    "march 2012 or nato",
    "4800+",
]
FILTERS = ({}, {"actor": "nato"}, {"topic": "equipment", "since": "2012"}, {"status": "planned", "until": "2020"})
MOST_TRIPS = 5


def opened(url: str, **more: bool) -> PostgresStore:
    return PostgresStore(address_of(url), **more)


@pytest.fixture
def loaded(server: Server, small: Path) -> str:
    """The address of a store of the small facts."""
    return server.new_store(read(folders_of([small])))


def found(store: SearchableStore, query: str, **filters: str) -> Answer | str:
    """Search as the command does."""
    if filters:
        store.together(lambda: (*filter_questions(store), *questions_of(store, query)))
    try:
        answer = search(store, query, selection(store, **filters))
    except UsageError as error:
        return str(error)
    numbers = [each.number for each in (*answer.matches[:10], *answer.nearest)]
    store.together(lambda: [partial(store.objects, numbers)])
    return answer


@pytest.mark.parametrize("filters", FILTERS, ids=repr)
@pytest.mark.parametrize("bound", [5000, 0], ids=["exact", "bounded"])
def test_a_server_finds_what_a_file_finds_in_few_round_trips(
    store: SearchableStore, shared: str, filters: dict[str, str], bound: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tajsec.search.scoring.BOUNDED_ABOVE", bound)
    server = opened(shared)
    queries = [*MORE, *(QUERIES[:: 5 if not filters and bound else 29])]
    other, trips = {}, {}
    for query in queries:
        before = server.trips
        on_server = found(server, query, **filters)
        trips[query] = server.trips - before
        server._forget()
        if on_server != (in_file := found(store, query, **filters)):
            other[query] = on_server, in_file
    assert other == {}
    most = MOST_TRIPS + bool(
        filters
    )  # filters may leave next to none of many facts: then the nearest ones are asked for
    assert {query: count for query, count in trips.items() if count > most} == {}


COMMANDS = (
    "list", "list --sort when --limit 3", "show radios-delivered", "show nato-2017", "timeline --actor nato", "summary",
    "summary equipment", "topics", "actors", "places", "sources", "packs", "coverage", "coverage --todo",
    "differences radios-delivered", "cite radios-delivered --style bibtex", "verify", "open radios-delivered --print",
    "factcheck draft.md", "export --sqlite facts.db --html facts.html --tables facts", "export --web-annotations a",
    "differences",
    "search raidos --actor nato", "search submarines", "search --topic equipment", "list --format csv",
)  # fmt: skip


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_takes_at_most_eight_round_trips(
    shared: str, line: str, run: Callable, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("draft.md").write_text("The United States gave 9 radios in 2019, and NATO 40 jeeps [@radios-delivered].\n")
    stores = []
    make = PostgresStore.__init__

    def kept(self: PostgresStore, *args: object, **more: bool) -> None:
        stores.append(self)
        make(self, *args, **more)

    monkeypatch.setattr(PostgresStore, "__init__", kept)
    reply = run(*line.split(), "--store", shared)
    assert reply.status in (0, 1), reply.stderr
    assert 0 < sum(each.trips for each in stores) <= 8


def test_round_trips_are_what_a_proxy_counts(server: Server, shared: str, store: SearchableStore) -> None:
    with Slow(server.socket, delay=0) as proxy:
        slow = opened(proxy.url(shared))
        at_start = proxy.trips
        answer = found(slow, "raidos to border gaurds 2012")
        assert proxy.trips - at_start == slow.trips <= MOST_TRIPS
    assert answer == found(store, "raidos to border gaurds 2012")


def test_what_others_write_is_found_by_a_store_that_lasts(loaded: str, small: Path) -> None:
    lasting, once = opened(loaded, lasting=True), opened(loaded)
    assert [len(search(each, "radios", EVERYTHING).matches) for each in (lasting, once)] == [1, 1]
    with psycopg.connect(loaded, autocommit=True) as other:
        other.execute("SET search_path = tajsec")
        other.execute("DELETE FROM doc")
        other.execute("UPDATE meta SET value = '9' WHERE key = 'change'")
    assert [len(search(each, "radios", EVERYTHING).matches) for each in (lasting, once)] == [0, 1]
    for statement, count in (("7 jeeps", 0), ("7 radios", 1)):
        contents = read(folders_of([small]))
        fact = replace(contents.facts[0], statement=f"The United States gave over {statement} in 2019.", aliases=())
        fact = replace(fact, cites=(replace(fact.cites[0], quote=f"gave over {statement}"),))
        revisions.load(opened(loaded, writes=True), replace(contents, facts=(fact,)), [fact.pack], force=True)
        assert len(search(lasting, "gave", EVERYTHING, cut=False).matches) == 1  # and is kept
        assert len(search(lasting, "radios", EVERYTHING, cut=False).matches) == count


def test_threads_share_a_store(store: SearchableStore, shared: str) -> None:
    server, queries = opened(shared, lasting=True), [query for query in QUERIES[::50] if found(store, query)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(partial(found, server), queries)) == [found(store, query) for query in queries]


# ---------------------------------------------------------------- roles and failures


def test_a_reader_reads_and_cannot_write(server: Server, loaded: str) -> None:
    server.sql("CREATE ROLE desk LOGIN")
    revisions.init(opened(loaded, writes=True), ["desk"])
    as_desk = loaded.replace(f"//{server.user}@", "//desk@")
    assert len(opened(as_desk).facts()) == 1
    assert revisions.status(opened(as_desk)).may_write is False
    with pytest.raises(FailingEnvironment, match="this role may not do that"):
        revisions.open_for(opened(as_desk, writes=True), ["seven-radios"])
    with psycopg.connect(as_desk, options="-c search_path=tajsec") as connection:
        for statement in ("DELETE FROM revision", "UPDATE text SET body = ''", "CREATE TABLE mine (n int)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
            connection.rollback()


def test_a_writer_writes_and_cannot_change_the_history(server: Server, loaded: str) -> None:
    server.sql("CREATE ROLE editor LOGIN")
    revisions.init(opened(loaded, writes=True), [], ["editor"])
    url = loaded.replace(f"//{server.user}@", "//editor@")
    store = opened(url, writes=True)
    locked = revisions.open_for(store, ["seven-radios"])
    assert revisions.write(store, locked, locked.contents.facts, "put", None) == [("seven-radios", 2)]
    assert [each.who for each in revisions.history(opened(url), "seven-radios")] == [server.user, "editor"]
    with psycopg.connect(url, options="-c search_path=tajsec") as connection:
        for statement in (
            "DELETE FROM revision", "UPDATE revision SET note = 'x'", "DROP TABLE fact", "DELETE FROM source",
            "INSERT INTO revision (fact, revision, what, body, who) VALUES ('a', 1, 'put', '{}', 'somebody else')",
            "INSERT INTO revision (fact, revision, what, body, at) VALUES ('a', 1, 'put', '{}', '2001-01-01')",
        ):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
            connection.rollback()


def test_an_absent_server_is_told(tmp_path: Path) -> None:
    with pytest.raises(FailingEnvironment, match=r"the server does not answer: .*; see that it runs"):
        opened(f"postgresql://me@/facts?host={tmp_path}")


def test_a_server_that_says_nothing_is_told_within_five_seconds() -> None:
    silent = socket.create_server(("127.0.0.1", 0))
    with silent, pytest.raises(FailingEnvironment, match="the server does not answer"):
        opened(f"postgresql://me@127.0.0.1:{silent.getsockname()[1]}/facts")


def test_a_password_is_that_of_the_environment_and_never_shown(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.sql("CREATE ROLE locked LOGIN PASSWORD 'right'")
    with server.with_passwords() as port:
        with pytest.raises(FailingEnvironment) as caught:
            opened(f"postgresql://locked:wr0ng@127.0.0.1:{port}/postgres")
        url = f"postgresql://locked@127.0.0.1:{port}/postgres"
        with pytest.raises(FailingEnvironment, match="the password is wrong, or missing"):
            opened(url)
        monkeypatch.setenv("PGPASSWORD", "right")
        opened(url)
        monkeypatch.delenv("PGPASSWORD")
        passwords = tmp_path / "passwords"
        passwords.write_text(f"127.0.0.1:{port}:postgres:locked:right\n")
        passwords.chmod(0o600)
        monkeypatch.setenv("PGPASSFILE", str(passwords))
        opened(url)
    assert "PGPASSWORD or PGPASSFILE" in str(caught.value)
    assert "wr0ng" not in f"{caught.value} {caught.value.__cause__!r}"


@pytest.mark.parametrize(
    ("database", "user", "told"),
    [("no-such", None, "there is no such database"), ("postgres", "nobody-known", "this role may not connect")],
)
def test_what_is_not_there_is_told(server: Server, database: str, user: str | None, told: str) -> None:
    with pytest.raises(FailingEnvironment, match=told):
        opened(server.url(database, user))


def test_a_database_without_a_store_is_told(database: str) -> None:
    with pytest.raises(TajsecError, match=r"holds no store that this role may read; .* make one: tajsec store init"):
        opened(database).facts()


@pytest.mark.parametrize(
    ("layout", "told"),
    [(FORMAT + 1, "is of a newer tajsec"), (FORMAT - 1, "is of an older tajsec"), ("x", "holds no store")],
)
def test_another_layout_is_told(server: Server, loaded: str, layout: object, told: str) -> None:
    with psycopg.connect(loaded) as connection:
        connection.execute("UPDATE tajsec.meta SET value = %s WHERE key = 'format'", [str(layout)])
    with pytest.raises(UsageError, match=told):
        opened(loaded).facts()
    if layout == FORMAT + 1:
        with pytest.raises(UsageError, match=told):
            revisions.init(opened(loaded, writes=True))


def test_an_older_layout_is_renewed_with_all_facts_revisions_and_rights(server: Server, loaded: str) -> None:
    server.sql(
        "DROP ROLE IF EXISTS reader; CREATE ROLE reader LOGIN; DROP ROLE IF EXISTS writer; CREATE ROLE writer LOGIN"
    )
    revisions.init(opened(loaded, writes=True), ["reader"], ["writer"])
    before = revisions.stored(opened(loaded)), revisions.history(opened(loaded), "seven-radios")
    with psycopg.connect(loaded) as connection:
        connection.execute("UPDATE tajsec.meta SET value = '1' WHERE key = 'format'")
        connection.execute("DROP TABLE tajsec.word")
    assert revisions.init(opened(loaded, writes=True)) is False
    after = revisions.stored(opened(loaded)), revisions.history(opened(loaded), "seven-radios")
    assert (before[0].facts, before[0].sources, before[1]) == (after[0].facts, after[0].sources, after[1])
    for role in ("reader", "writer"):
        store = opened(loaded.replace(f"//{server.user}@", f"//{role}@"))
        assert len(search(store, "raidos", EVERYTHING).matches) == 1
        assert revisions.status(store).may_write == (role == "writer")


@contextlib.contextmanager
def held(url: str) -> Iterator[psycopg.Connection]:
    """Hold the lock of a fact, as another writer does."""
    with psycopg.connect(url) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('seven-radios', 0))")
        yield connection


def test_a_lock_that_somebody_holds_is_told(loaded: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tajsec.store.postgres.PATIENCE", 1)
    with held(loaded), pytest.raises(FailingEnvironment, match="somebody else is writing the same"):
        revisions.open_for(opened(loaded, writes=True), ["seven-radios"])


def test_a_connection_that_is_killed_in_the_midst_is_told(loaded: str) -> None:
    store = opened(loaded)
    store.size()
    with psycopg.connect(loaded, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tajsec'")
    with pytest.raises(FailingEnvironment, match=r"the server (was shut down|does not answer)"):
        search(store, "radios", EVERYTHING)


@pytest.mark.parametrize("table", ["revision", "ft", "word", "meta"])
def test_a_full_disk_leaves_nothing_half_written(loaded: str, table: str) -> None:
    before = revisions.stored(opened(loaded)).facts, revisions.history(opened(loaded), "seven-radios")
    with psycopg.connect(loaded, options="-c search_path=tajsec") as connection:
        connection.execute(
            "CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full'; END $$"
        )
        connection.execute(f"CREATE TRIGGER fails BEFORE INSERT OR UPDATE ON {table} EXECUTE FUNCTION fails()")
    store = opened(loaded, writes=True)
    locked = revisions.open_for(store, ["seven-radios"])
    with pytest.raises(FailingEnvironment, match="the server's disk is full; nothing was written"):
        new = replace(locked.contents.facts[0], statement="The United States gave over 7 lorries in 2019.")
        revisions.write(store, locked, [new], "put", None)
    assert before == (revisions.stored(opened(loaded)).facts, revisions.history(opened(loaded), "seven-radios"))


@pytest.mark.parametrize("body", ["{", "[]", "null", '{"id": 7}', "[" * 9999, '{"statement": "x"}'])
def test_a_planted_fact_is_told(loaded: str, body: str) -> None:
    with psycopg.connect(loaded) as connection:
        connection.execute("UPDATE tajsec.text SET body = %s", [body])
    store = opened(loaded)
    with pytest.raises(FailingEnvironment, match="holds what is no fact"):
        store.objects(store.select())


PLANTED = [
    ("list", "UPDATE text SET body = replace(body, '\"over\"', '7')", "no fact"),
    ("list --json", "UPDATE text SET body = replace(body, ', ', E',\\n')", "no fact"),
    ("list --json", "UPDATE text SET body = replace(body, '\"value\": 7', '\"value\": NaN')", "no fact"),
    ("search radios", "UPDATE doc SET statement = NULL", "no fact"),
    ("search radios", "DELETE FROM text", "no fact"),
    ("search radios", "UPDATE meta SET value = '-1' WHERE key = 'facts'", "no count"),
    ("summary gear", "INSERT INTO relation VALUES (1, 'seven-radios', 'nowhere', 'x', 1, NULL, NULL)", "no relation"),
    ("sources", "UPDATE source SET body = '{}'", "no source"),
    ("actors", "UPDATE term SET body = '[]'", "no term"),
    ("history seven-radios", "UPDATE revision SET body = '{}'", "no fact"),
    ("history seven-radios", "UPDATE revision SET at = 'infinity'", "no revision"),
    ("show seven-radios --revision 1", "UPDATE revision SET body = replace(body, '\"origins\"', '\"x\"')", "no fact"),
]


@pytest.mark.parametrize(("line", "sql", "told"), PLANTED)
def test_what_is_planted_is_told_in_one_line(loaded: str, run: Callable, line: str, sql: str, told: str) -> None:
    with psycopg.connect(loaded, options="-c search_path=tajsec") as connection:
        connection.execute(sql)
    reply = run(*line.split(), "--store", loaded)
    assert (reply.status, reply.text) == (2, "")
    assert f"holds what is {told}; whoever keeps it can load it anew\n" in reply.stderr


@pytest.mark.parametrize(
    ("table", "id", "forged"),
    [("source", "paper", "../../../evil"), ("text", "gear", "../../../evil"), ("text", "gear", "")],
)
def test_an_export_writes_no_file_elsewhere(
    loaded: str, run: Callable, tmp_path: Path, table: str, id: str, forged: str
) -> None:
    with psycopg.connect(loaded, options="-c search_path=tajsec") as connection:
        connection.execute(f"UPDATE {table} SET body = replace(body, '\"{id}\"', '\"{forged}\"')")
    before = sorted(tmp_path.rglob("*"))
    reply = run("store", "export", str(tmp_path / "copy"), "--store", loaded)
    assert (reply.status, sorted(tmp_path.rglob("*"))) == (2, before)
    assert f"{forged!r} is no id, and no name for a file" in reply.stderr


@pytest.mark.parametrize("reason", ["a\x1b[31m", "a\nb", " ", "x" * 17000])
def test_a_reason_is_a_text_that_a_pack_may_have(loaded: str, run: Callable, reason: str) -> None:
    reply = run("withdraw", "seven-radios", "--reason", reason, "--store", loaded)
    assert (reply.status, len(revisions.history(opened(loaded), "seven-radios"))) == (2, 1)
    assert "tajsec: error: --reason: " in reply.stderr


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("", "no address"), ("sqlite:///x", "no address"), ("host=x password=secret", "no address"),
        ("postgresql://[::1/secret", "cannot be read"), ("postgresql://u:secret@h/d?nonsense=secret", "cannot be read"),
        ("postgresql://u:secret@h/d", "whoever lists the processes"),
        ("postgresql://u@h/d?password=secret", "whoever lists the processes"),
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_used_is_told_without_its_words(url: str, told: str) -> None:
    with pytest.raises(UsageError, match=told) as caught:
        address_of(url, typed=True)
    assert "secret" not in str(caught.value)


# ---------------------------------------------------------------- many writers


def test_eight_writers_write_each_what_they_mean(loaded: str) -> None:
    (fact,) = revisions.stored(opened(loaded)).facts
    errors = list[BaseException]()

    def work(writer: int) -> None:
        try:
            for n in range(10):
                store = opened(loaded, writes=True)
                name = f"fact-{writer}-{n}"
                text = f"The United States gave over 7 radios to post {writer}x{n} in 2019."
                new = replace(fact, id=name, statement=text)
                revisions.write(store, revisions.open_for(store, [name, "seven-radios"]), [new, fact], "put", None)
                assert name in {each.id for each in search(opened(loaded), f"{writer}x{n}", EVERYTHING).matches}
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(writer,)) for writer in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert errors == []
    store = opened(loaded)
    assert store.size() == store.count() == 81
    assert store.frequencies(["radio"]) == {"radio": 81}
    assert len(revisions.history(store, "seven-radios")) == 81
