"""Records written into TOML files that people edit."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_facts import made, read_text
from strategies import examples, fact_keys, facts, texts

from tajsec.authoring.toml_edit import (
    MAX_RECORD,
    append_records,
    set_keys,
    with_keys,
    with_records,
    without_record,
)
from tajsec.errors import DataError, UsageError

FILE = """\
# My facts
[[fact]]   # the first
id = "one"   # for ever
statement = "One."
cites = [
  { source = "s", passage = 1, quote = "q" },  # the best
]

# About the second:
[[fact]]
id = "two"

[fact.inferred]
when = "by its place"
"""


def test_a_record_is_appended_and_what_was_there_stays() -> None:
    cites = [{"source": "s", "passage": 2, "quote": 'the "words" \\'}]
    made = with_records(FILE, "f", "fact", [{"id": "three", "actors": ("a", "b"), "cites": cites, "v": 1.5}])
    assert made == FILE + (
        "\n[[fact]]\n"
        'id = "three"\n'
        'actors = ["a", "b"]\n'
        'cites = [\n    { source = "s", passage = 2, quote = "the \\"words\\" \\\\" },\n]\n'
        "v = 1.5\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '[[fact]]\nid = "a"\n\n[[fact]]\nid = "b"\n'),
        ("# no end", '# no end\n\n[[fact]]\nid = "a"\n\n[[fact]]\nid = "b"\n'),
        ("# lines\r\n", '# lines\r\n\r\n[[fact]]\r\nid = "a"\r\n\r\n[[fact]]\r\nid = "b"\r\n'),
    ],
    ids=["an empty file", "no line end", "lines of Windows"],
)
def test_several_records_follow_whatever_a_file_ends_with(before: str, after: str) -> None:
    assert with_records(before, "f", "fact", [{"id": "a"}, {"id": "b"}]) == after


@pytest.mark.parametrize(
    ("record", "keys", "was", "now"),
    [
        (("fact", 0), {"statement": "Two."}, 'statement = "One."', 'statement = "Two."'),
        (("fact", 0), {"id": None}, 'id = "one"   # for ever\n', ""),
        (("fact", 0), {"id": None, "absent": None}, 'id = "one"   # for ever\n', ""),
        (("fact", 0), {"notes": "n", "derived": {"5 July": "so"}}, "best\n]\n",
         'best\n]\nnotes = "n"\nderived = { "5 July" = "so" }\n'),
        (("fact", 1), {"rank": "normal"}, 'id = "two"\n', 'id = "two"\nrank = "normal"\n'),
        (("fact", 1), {"inferred": {"when": "else"}}, '\n[fact.inferred]\nwhen = "by its place"\n',
         'inferred = { when = "else" }\n'),
    ],
)  # fmt: skip
def test_keys_of_a_record_change_and_comments_stay(record: tuple, keys: dict, was: str, now: str) -> None:
    assert was in FILE
    assert with_keys(FILE, "f", record, keys) == FILE.replace(was, now)


SOURCE = 'id = "s"  # short\ntitle = "T"\n\n# What it says\n[[passage]]\nn = 1\n\n[[passage]]\nn = 2\n'


@pytest.mark.parametrize(
    ("record", "keys", "after"),
    [
        ((), {"doi": "10.1/x", "title": None}, SOURCE.replace('title = "T"', 'doi = "10.1/x"')),
        (("passage", 0), {"role": "claim"}, SOURCE.replace("n = 1\n", 'n = 1\nrole = "claim"\n')),
        (("passage", 1), {"role": "claim"}, SOURCE + 'role = "claim"\n'),
    ],
)
def test_a_source_is_one_record_with_its_passages(record: tuple, keys: dict, after: str) -> None:
    assert with_keys(SOURCE, "s", record, keys) == after


@pytest.mark.parametrize(
    ("text", "record", "what"),
    [
        ('fact = [{ id = "a" }]\n', ("fact", 0), "cannot be changed in place"),
        ('note = """\n[[fact]]\n"""\n[[fact]]\nid = "a"\n', ("fact", 0), None),
        ('[[fact]]\nid = "a"\n', ("fact", 1), "cannot be changed in place"),
        ('[[fact]]\nid = "a"\n[[fact]]\nnote = """\n# no comment\n\n"""\n', ("fact", 0), None),
        (f'[[fact]]\nid = "{"a" * 60_000}"\nx = "{"a" * 60_000}"\ny = "{"a" * 60_000}"\n', ("fact", 0), "in place"),
    ],
    ids=["inline", "a header in a string", "beyond the last", "a comment in a string", "a long record"],
)
def test_what_cannot_be_changed_safely_is_left_to_a_person(text: str, record: tuple, what: str | None) -> None:
    if what is None:
        assert 'id = "b"' in with_keys(text, "f", record, {"id": "b"})
    else:
        with pytest.raises(UsageError, match=what):
            with_keys(text, "f", record, {"id": "b"})
    assert len(text) > MAX_RECORD or len(text) < 200


@pytest.mark.parametrize(
    ("text", "error", "what"),
    [
        ("id = ", DataError, "not TOML"),
        (f"x = {'[' * 40}{']' * 40}\n", DataError, "nested deeper"),
        ('fact = [{ id = "a" }]\n', UsageError, "cannot be changed in place"),
        ('[fact]\nid = "a"\n', UsageError, r"write each as \[\[fact\]\]"),
        ("# " + "x" * 60_000 + "\n", None, ""),
    ],
)
def test_nothing_is_appended_to_a_file_that_would_not_read(
    tmp_path: Path, text: str, error: type[Exception] | None, what: str
) -> None:
    path = tmp_path / "f.toml"
    path.write_text(text)
    if error is None:
        append_records(path, "fact", [{"id": "b"}])
        assert path.read_text() == f'{text}\n[[fact]]\nid = "b"\n'
        return
    with pytest.raises(error, match=what):
        append_records(path, "fact", [{"id": "b"}])
    assert path.read_text() == text
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_over_the_limit_of_a_pack_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "f.toml"
    text = f"# {'x' * 60_000}\n" * 69
    path.write_text(text)
    with pytest.raises(UsageError, match="over 4 MiB"):
        append_records(path, "fact", [{"id": f"b{n}", "notes": "x" * 16_000} for n in range(10)])
    assert path.read_text() == text


def test_a_file_is_made_with_its_folder_and_a_link_is_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "new" / "facts" / "gear.toml"
    append_records(path, "fact", [{"id": "a"}])
    set_keys(path, ("fact", 0), {"id": "b"})
    assert path.read_text() == '[[fact]]\nid = "b"\n'
    link = tmp_path / "link.toml"
    link.symlink_to(path)
    for change in (lambda: append_records(link, "fact", [{"id": "c"}]), lambda: set_keys(link, ("fact", 0), {"x": 1})):
        with pytest.raises(UsageError, match="a link"):
            change()
    assert path.read_text() == '[[fact]]\nid = "b"\n'


@pytest.mark.parametrize(
    ("number", "kept"),
    [
        (0, "# My facts\n\n# About the second:\n" + FILE[FILE.index('[[fact]]\nid = "two"') :]),
        (1, FILE[: FILE.index('[[fact]]\nid = "two"')]),
    ],
)
def test_a_record_is_taken_out_and_the_rest_stays(number: int, kept: str) -> None:
    assert without_record(FILE, "f", ("fact", number)).replace("\n\n", "\n") == kept.replace("\n\n", "\n")


def test_the_only_record_of_a_file_is_taken_out() -> None:
    assert without_record('# mine\n[[fact]]\nid = "one"\n# end\n', "f", ("fact", 0)) == "# mine\n# end\n"
    with pytest.raises(UsageError, match="cannot be changed in place"):
        without_record('fact = [{ id = "one" }]\n', "f", ("fact", 0))


@examples(12)
@given(facts(), fact_keys, st.data())
def test_any_facts_are_written_changed_and_taken_out_as_they_are_read(
    given_facts: list[dict[str, Any]], change: dict[str, Any], place: st.DataObject
) -> None:
    text = with_records("# kept\n", "f.toml", "fact", given_facts)
    assert read_text(text)[0].facts == made(given_facts)
    number = place.draw(st.integers(0, len(given_facts) - 1))
    keys = change | {key: None for key in ("notes", "rank") if key not in change}
    expected = [each | change for each in given_facts]
    for key in keys.keys() - change.keys():
        expected[number].pop(key, None)
    changed = with_keys(text, "f.toml", ("fact", number), keys)
    assert read_text(changed)[0].facts[number] == made(expected)[number]
    others = [each for n, each in enumerate(read_text(changed)[0].facts) if n != number]
    assert others == [each for n, each in enumerate(made(given_facts)) if n != number]
    added = {"id": "one-more", **change, "notes": place.draw(texts())}
    assert (
        without_record(with_records(text, "f.toml", "fact", [added]), "f.toml", ("fact", len(given_facts))).rstrip()
        == text.rstrip()
    )
