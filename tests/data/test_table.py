"""The getters of a table: the value that each returns, and the line for each mistake, with its code."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tajsec.data.table import Table, is_id
from tajsec.data.toml import TomlFile
from tajsec.text.dates import parse

BIG = 2**53
DIGITS = re.compile("[0-9]+")
MARKS = "\u0301" * 31
LONG = "x" * 16384
Get = Callable[[Table], Any]


def got(text: str, get: Get) -> tuple[Any, list[str]]:
    """Return what a getter returns for the table of a text, and the mistakes in it with those of unknown keys."""
    file = TomlFile("a.toml", text)
    table = Table(file, file.data, ())
    value = get(table)
    table.finish()
    return value, [f"{each} [{each.code}]".removeprefix("a.toml:1: ") for each in file.problems]


def pair(table: Table) -> tuple[str, int]:
    return table.text("x"), table.whole("n")


# What a table holds as the keys of one line, the getter, its value, and the mistakes. `k` is the key that is asked for.
# fmt: off
ROWS: list[tuple[str, Get, Any, list[str]]] = [
    # texts
    ("k = 'a'", lambda t: t.text("k"), "a", []),
    ("k = ' a '", lambda t: t.text("k"), " a ", []),
    ("k = 'e\u0301'", lambda t: t.text("k"), "\u00e9", []),
    ("", lambda t: t.text("k"), "", ["k: missing; add it [T201]"]),
    ("", lambda t: t.maybe_text("k"), None, []),
    ("", lambda t: t.maybe_text("k", required=True), None, ["k: missing; add it [T201]"]),
    ("k = ''", lambda t: t.maybe_text("k"), "", ["k: empty; write something or leave the key out [T204]"]),
    ("k = ' \u00a0 '", lambda t: t.text("k"), " \u00a0 ", ["k: empty; write something or leave the key out [T204]"]),
    ("k = 1", lambda t: t.text("k"), "", ["k: must be a string, not a number [T202]"]),
    ("k = 1.5", lambda t: t.maybe_text("k"), None, ["k: must be a string, not a number [T202]"]),
    ("k = true", lambda t: t.text("k"), "", ["k: must be a string, not a boolean [T202]"]),
    ("k = []", lambda t: t.text("k"), "", ["k: must be a string, not a list [T202]"]),
    ("k = {}", lambda t: t.text("k"), "", ["k: must be a string, not a table [T202]"]),
    ("k = 2020-01-02", lambda t: t.text("k"), "", ["k: must be a string, not a date or time [T202]"]),
    ("k = 10:20:30", lambda t: t.text("k"), "", ["k: must be a string, not a date or time [T202]"]),
    ("k = 'a'\nother = 'b'", lambda t: t.text("k"), "a", ["a.toml:2: other: unknown key; known are k [T203]"]),
    ("k = 'a'\nkin = 'b'", lambda t: (t.text("k"), t.maybe_text("kind"), t.maybe_text("king")), ("a", None, None), ["a.toml:2: kin: unknown key; did you mean kind or king? [T203]"]),
    ("k = 'a'\nkind = 'b'", lambda t: (t.text("k"), t.maybe_text("kinds")), ("a", None), ["a.toml:2: kind: unknown key; did you mean kinds? [T203]"]),
    (f"k = '{LONG}'", lambda t: t.text("k"), LONG, []),
    (f"k = '{LONG}x'", lambda t: t.text("k"), f"{LONG}x", ["k: over 16,384 characters; shorten it [T204]"]),
    (f"k = '{LONG[1:]}\u00e9'", lambda t: t.text("k"), f"{LONG[1:]}\u00e9", []),
    (f"k = '{LONG}\u00e9'", lambda t: t.text("k"), f"{LONG}\u00e9", ["k: over 16,384 characters; shorten it [T204]"]),
    (f"k = 'a{MARKS}'", lambda t: t.text("k"), f"a{MARKS}", ["k: over 30 combining marks in a row; take them out [T204]"]),
    (f"k = 'b{MARKS[1:]}'", lambda t: t.text("k"), f"b{MARKS[1:]}", []),
    ('k = "a\\u0007"', lambda t: t.text("k"), "a\a", ["k: holds U+0007, a control, private or unassigned character; take it out [T208]"]),
    # lists of texts
    ("k = ['a', 'b']", lambda t: t.texts("k"), ("a", "b"), []),
    ("k = ['e\u0301']", lambda t: t.texts("k"), ("\u00e9",), []),
    ("", lambda t: t.texts("k"), (), []),
    ("k = []", lambda t: t.texts("k"), (), []),
    ("", lambda t: t.texts("k", required=True), (), ["k: missing; add it [T201]"]),
    ("k = []", lambda t: t.texts("k", required=True), (), ["k: empty; name at least one [T204]"]),
    ("k = 'a'", lambda t: t.texts("k", required=True), (), ["k: must be a list of strings, not a string [T202]"]),
    ("k = ['a', 1]", lambda t: t.texts("k"), (), ["k: must be a list of strings [T202]"]),
    ("k = ['a', '']", lambda t: t.texts("k"), ("a", ""), ["k: empty; write something or leave the key out [T204]"]),
    (f"k = {['a'] * 64}", lambda t: t.texts("k"), ("a",) * 64, []),
    (f"k = {['a'] * 65}", lambda t: t.texts("k"), ("a",) * 65, ["k: over 64 items; keep the best [T204]"]),
    # one of several
    ("k = 'b'", lambda t: t.choice("k", ("a", "b")), "b", []),
    ("", lambda t: t.choice("k", ("a", "b")), "a", ["k: missing; add one of a, b [T201]"]),
    ("k = 'c'", lambda t: t.choice("k", ("a", "b")), "a", ["k: 'c' is none of a, b [T204]"]),
    ("k = 2", lambda t: t.choice("k", ("a", "b")), "a", ["k: must be a string, not a number [T202]"]),
    # forms
    ("k = '12'", lambda t: t.matching("k", DIGITS, "a number"), "12", []),
    ("k = '12a'", lambda t: t.matching("k", DIGITS, "a number"), "12a", ["k: '12a' is not a number [T207]"]),
    ("k = '123'", lambda t: t.matching("k", DIGITS, "a number", most=3), "123", []),
    ("k = '1234'", lambda t: t.matching("k", DIGITS, "a number", most=3), "1234", ["k: '1234' is not a number [T207]"]),
    (f"k = '{'1' * 90}a'", lambda t: t.matching("k", DIGITS, "a number"), f"{'1' * 90}a", [f"k: '{'1' * 80}' is not a number [T207]"]),
    ("", lambda t: t.matching("k", DIGITS, "a number"), "", ["k: missing; add it [T201]"]),
    ("k = ''", lambda t: t.matching("k", DIGITS, "a number"), "", ["k: empty; write something or leave the key out [T204]"]),
    ("k = '12'", lambda t: t.maybe_in_form("k", str.isdigit, "a number"), "12", []),
    ("", lambda t: t.maybe_in_form("k", str.isdigit, "a number"), None, []),
    ("k = 'a'", lambda t: t.maybe_in_form("k", str.isdigit, "a number"), "a", ["k: 'a' is not a number [T207]"]),
    (f"k = '{'a' * 81}'", lambda t: t.maybe_in_form("k", str.isdigit, "a number"), "a" * 81, [f"k: '{'a' * 80}' is not a number [T207]"]),
    ("k = ''", lambda t: t.maybe_in_form("k", str.isdigit, "a number"), "", ["k: empty; write something or leave the key out [T204]"]),
    ("id = 'a-1.b_2'", lambda t: t.id(), "a-1.b_2", []),
    ("k = 'a'", lambda t: t.id("k"), "a", []),
    (f"id = '{'a' * 64}'", lambda t: t.id(), "a" * 64, []),
    (f"id = '{'a' * 65}'", lambda t: t.id(), "a" * 65, [f"id: '{'a' * 65}' is not an id: lower-case letters and digits joined by - . or _, at most 64 [T207]"]),
    # dates
    ("k = '2020-01'", lambda t: t.date("k"), parse("2020-01"), []),
    ("", lambda t: t.date("k"), None, []),
    ("", lambda t: t.date("k", required=True), None, ["k: missing; add it [T201]"]),
    ("k = ''", lambda t: t.date("k"), None, ["k: empty; write something or leave the key out [T204]"]),
    ("k = '2020-13'", lambda t: t.date("k"), None, ["k: '2020-13': there is no month 13 [T205]"]),
    ("k = '{2015,2017}'", lambda t: t.date("k", may_be_set=True), parse("{2015,2017}"), []),
    ("k = '{2015,2017}'", lambda t: t.date("k"), parse("{2015,2017}"), ["k: '{2015,2017}': a set of dates; only `when` has sets: write one date or a span [T205]"]),
    # numbers
    ("k = 7", lambda t: repr(t.number("k")), "7", []),
    ("k = 7.0", lambda t: repr(t.number("k")), "7", []),
    ("k = 0", lambda t: repr(t.number("k")), "0", []),
    ("k = -2.5", lambda t: repr(t.number("k")), "-2.5", []),
    (f"k = {BIG}", lambda t: t.number("k"), BIG, []),
    (f"k = -{BIG}", lambda t: t.number("k"), -BIG, []),
    (f"k = {BIG + 1}", lambda t: t.number("k"), 0, ["k: beyond 2^53; no program could read it exactly [T206]"]),
    (f"k = -{BIG + 1}", lambda t: t.number("k"), 0, ["k: beyond 2^53; no program could read it exactly [T206]"]),
    ("k = 1e16", lambda t: t.number("k"), 0, ["k: beyond 2^53; no program could read it exactly [T206]"]),
    ("k = -inf", lambda t: t.number("k"), float("-inf"), ["k: -inf is not a number that can be counted; write a finite one [T206]"]),
    ("", lambda t: t.number("k"), 0, ["k: missing; add it [T201]"]),
    ("k = '7'", lambda t: t.number("k"), 0, ["k: must be a number, not a string [T202]"]),
    ("k = false", lambda t: t.number("k"), 0, ["k: must be a number, not a boolean [T202]"]),
    ("k = 7", lambda t: t.whole("k"), 7, []),
    ("k = 0", lambda t: t.whole("k"), 0, []),
    ("k = -1", lambda t: t.whole("k"), 0, ["k: -1 is below 0; count or number from there [T206]"]),
    (f"k = {BIG}", lambda t: t.whole("k"), BIG, []),
    (f"k = {BIG + 1}", lambda t: t.whole("k"), 0, ["k: beyond 2^53; no program could read it exactly [T206]"]),
    ("k = 7.0", lambda t: t.whole("k"), 0, ["k: must be a whole number, not a number [T202]"]),
    ("", lambda t: t.whole("k"), 0, ["k: missing; add it [T201]"]),
    # web addresses
    ("k = 'https://a.example/b'", lambda t: t.url("k"), "https://a.example/b", []),
    ("", lambda t: t.url("k"), None, []),
    ("k = ''", lambda t: t.url("k"), "", ["k: empty; write something or leave the key out [T204]"]),
    ("k = 'http://a@b.example'", lambda t: t.url("k"), "http://a@b.example", ["k: not an http or https address with an ASCII host and no user name [T210]"]),
    ("k = 'a.example'", lambda t: t.url("k"), "a.example", ["k: not an http or https address with an ASCII host and no user name; for what is not on the web write doi, isbn, urn or locator [T210]"]),
    # lists of tables
    ("k = [{ x = 'a', n = 1 }, { x = 'b', n = 2 }]", lambda t: t.records("k", pair), (("a", 1), ("b", 2)), []),
    ("", lambda t: t.records("k", pair), (), []),
    ("k = []", lambda t: t.records("k", pair), (), []),
    ("", lambda t: t.records("k", pair, required=True), (), ["k: missing; add it [T201]"]),
    ("k = []", lambda t: t.records("k", pair, required=True), (), ["k: empty; name at least one [T204]"]),
    ("k = { x = 'a', n = 1 }", lambda t: t.records("k", pair), (), ["k: must be a list of tables, not a table [T202]"]),
    ("k = [{ x = 'a', n = 1 }, 2]", lambda t: t.records("k", pair), (), ["k: must be a list of tables [T202]"]),
    ("k = [{ x = 'a', n = 1 }, { x = 'b' }]", lambda t: t.records("k", pair), (("a", 1), ("b", 0)), ["k[1].n: missing; add it [T201]"]),
    ("k = [{ x = 'a', n = 1, other = 2 }]", lambda t: t.records("k", pair), (("a", 1),), ["k[0].other: unknown key; known are x, n [T203]"]),
    (f"k = [{', '.join(['{ x = 1 }'] * 64)}]", lambda t: len(t.records("k", lambda each: each.whole("x"))), 64, []),
    (f"k = [{', '.join(['{ x = 1 }'] * 65)}]", lambda t: len(t.records("k", lambda each: each.whole("x"))), 65, ["k: over 64 items; keep the best [T204]"]),
    ("k = [{ x = 1 }, { x = 2 }, { x = 3 }]", lambda t: len(t.records("k", lambda each: each.whole("x"), most=2)), 3, ["k: over 2 items; keep the best [T204]"]),
    # tables of texts and of whole numbers
    ("k = { a = 'x', b = 'y' }", lambda t: t.strings("k"), {"a": "x", "b": "y"}, []),
    ("", lambda t: t.strings("k"), {}, []),
    ("k = 'x'", lambda t: t.strings("k"), {}, ["k: must be a table of strings, not a string [T202]"]),
    ("k = { a = 1 }", lambda t: t.strings("k"), {"a": ""}, ["k.a: must be a string, not a number [T202]"]),
    ("k = { '' = 'x' }", lambda t: t.strings("k"), {"": "x"}, ["k.: empty; write something or leave the key out [T204]"]),
    ("k = { a = 'x', b = 'y' }", lambda t: t.strings("k", allowed=("b", "a", "c")), {"b": "y", "a": "x"}, []),
    ("k = { a = 'x', other = 'y' }", lambda t: t.strings("k", allowed=("b", "a")), {"a": "x"}, ["k.other: unknown key; known are b, a [T203]"]),
    ("k = { a = '1', b = 'y' }", lambda t: t.strings("k", pattern=DIGITS, what="a number"), {"a": "1", "b": "y"}, ["k.b: 'y' is not a number [T207]"]),
    ("k = { a = 'x', b = 'y' }", lambda t: t.strings("k", most=2), {"a": "x", "b": "y"}, []),
    ("k = { a = 'x', b = 'y' }", lambda t: t.strings("k", most=1), {"a": "x", "b": "y"}, ["k: over 1 items; keep the best [T204]"]),
    ("k = { a = 1, b = 0 }", lambda t: t.wholes("k"), {"a": 1, "b": 0}, []),
    ("", lambda t: t.wholes("k"), {}, []),
    ("k = 1", lambda t: t.wholes("k"), {}, ["k: must be a table of whole numbers, not a number [T202]"]),
    ("k = { a = 'x' }", lambda t: t.wholes("k"), {"a": 0}, ["k.a: must be a whole number, not a string [T202]"]),
    ('k = { "a\\u0007" = 1 }', lambda t: t.wholes("k"), {"a\a": 1}, ["k.a\a: holds U+0007, a control, private or unassigned character; take it out [T208]"]),
    (f"k = {{ {', '.join(f'k{n} = {n}' for n in range(64))} }}", lambda t: len(t.wholes("k")), 64, []),
    (f"k = {{ {', '.join(f'k{n} = {n}' for n in range(65))} }}", lambda t: len(t.wholes("k")), 65, ["k: over 64 items; keep the best [T204]"]),
]
# fmt: on


@pytest.mark.parametrize(("text", "get", "value", "mistakes"), ROWS, ids=[row[0][:30] for row in ROWS])
def test_a_getter_returns_a_value_of_its_type_and_reports_each_mistake(
    text: str, get: Get, value: object, mistakes: list[str]
) -> None:
    assert got(text, get) == (value, mistakes)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("a", True), ("a1-b.c_d", True), ("a" * 64, True), ("a" * 65, False), ("A", False), ("", False), ("-a", False),
     ("a-", False), ("a--b", False), ("a b", False), ("a\n", False), ("\u0430", False), ("\u0663", False)],
)  # fmt: skip
def test_an_id_is_small_latin_letters_and_digits_joined_by_single_signs(text: str, is_one: bool) -> None:
    assert is_id(text) is is_one
