"""What `lint --fix` writes: what is safe, with comments and order kept, and nothing else."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tajsec.authoring.fix import fix
from tajsec.check.chosen import EVERY, chosen
from tajsec.check.lint import lint, lint_codes
from tajsec.data.folders import folders_of
from tajsec.data.read import read
from tajsec.data.table import MAX_STRING
from tajsec.errors import UsageError

FACT = "facts/gear.toml"
REVIEW = (
    '[[review]]\nkind = "reading"\ndate = "2026"\ncompared = "all"\nfacts = { seven-radios = "0123456789abcdef" }\n'
)


def fixed(small: Path, before: str, after: str) -> tuple[list[str], str, str]:
    """Change the only fact of a store, fix the store; return the codes that were fixed and the texts before and after."""
    path = small / FACT
    assert before in path.read_text()
    broken = path.read_text().replace(before, after, 1)
    path.write_text(broken)
    return [each.code for each in fix(folders_of([small]), small, EVERY)], broken, path.read_text()


@pytest.mark.parametrize(
    ("before", "after", "right", "codes"),
    [
        ('aliases = ["walkie-talkies"]', 'aliases = ["radios", "walkie-talkies", "seven radios"] # names', 'aliases = ["walkie-talkies", "seven radios"] # names', ["T404"]),
        ('aliases = ["walkie-talkies"]', 'aliases = ["radios", "7 radios"]\n# the end', "# the end", ["T404", "T404"]),
        ("in 2019.", "in 2019", "in 2019.", ["T403"]),
    ],
)  # fmt: skip
def test_what_is_safe_is_corrected_and_the_rest_of_the_file_stays(
    small: Path, before: str, after: str, right: str, codes: list[str]
) -> None:
    found, broken, text = fixed(small, before, after)
    assert found == codes
    assert text == broken.replace(after, right)
    assert lint(folders_of([small])) == []


@pytest.mark.parametrize(
    ("before", "after", "left"),
    [
        ("in 2019.", "in 2019!", "T403"),
        ("in 2019.", "in 2019 (and later)", "T403"),
        ('["walkie-talkies"]', '[\n  "radios", # why not\n  "walkie-talkies",\n]', "T404"),
        ("The United States gave", "As of 2019, the United States gave", "T416"),
        ("over 7 radios in", "7 radios in", "T402"),
        ('status = "completed"', 'status = "done"', "T204"),
    ],
)
def test_what_may_change_the_meaning_or_lose_a_comment_is_left(small: Path, before: str, after: str, left: str) -> None:
    found, broken, text = fixed(small, before, after)
    assert (found, text) == ([], broken)
    assert [each.code for each in lint(folders_of([small]))] == [left]


def test_the_statement_of_a_fact_that_was_read_is_left(small: Path) -> None:
    (small / "facts" / "reviews").mkdir()
    (small / "facts" / "reviews" / "read.toml").write_text(REVIEW)
    found, broken, text = fixed(small, "in 2019.", "in 2019")
    assert (found, text) == ([], broken)


def draft(small: Path, before: str = "", after: str = "", kinds: tuple[str, ...] = ("quotes",)) -> str:
    """Make a changed fact a draft with a review of each kind; return the text of its file without the mark."""
    path = small / FACT
    assert before in path.read_text()
    quoted = path.read_text().replace('"gave over 7 radios"', '"gave over 7 radios in 2019"')
    kept = quoted.replace(before, after, 1)
    path.write_text(f'{kept}draft = "imported from rows.csv"\n')
    (fact,) = read(folders_of([small])).facts
    (small / "facts" / "reviews").mkdir()
    for kind in kinds:
        review = REVIEW.replace("reading", kind).replace("0123456789abcdef", fact.content_hash)
        (small / "facts" / "reviews" / f"{kind}.toml").write_text(review)
    return kept


def test_a_draft_whose_quotes_were_found_is_none_any_longer(small: Path) -> None:
    kept = draft(small)
    (found,) = fix(folders_of([small]), small, chosen(["T421"], [], lint_codes()))
    what = "its quotes were found on 2026; take draft out (tajsec lint PACK --fix does)"
    assert (found.code, found.level, found.what) == ("T421", "to-do", what)
    assert (small / FACT).read_text() == kept


def test_a_draft_that_was_read_before_it_changed_is_left(small: Path) -> None:
    draft(small)
    (small / "facts" / "reviews" / "reading.toml").write_text(REVIEW)
    left_as_draft(small, "its quotes were found, but it changed since it was read on 2026; compare it again")


@pytest.mark.parametrize(
    ("before", "after", "kinds", "what"),
    [
        ("", "", (), "unreviewed; "),
        ("", "", ("reading",), "unreviewed; "),
        ("States gave over 7", "States gave over 8", ("quotes",), "its quotes were found, but 8 in the statement; expected"),
        ('when = "2019"', 'when = "2018"', ("quotes",), "its quotes were found, but 2018 in when = 2018; expected"),
        ("gave over 7 radios in 2019.", "once gave, and gladly gave, to whom it may concern and to nobody else anywhere in the whole wide world, over 7 radios in 2019 and not at all in other years.", ("quotes",), ""),
        ('status = "completed"', 'status = "ongoing"', ("quotes",), ""),
    ],
    ids=["no-review", "reading", "figure", "year", "long", "no-as-of"],
)  # fmt: skip
def test_a_draft_with_a_failing_check_or_an_error_is_left(
    small: Path, before: str, after: str, kinds: tuple[str, ...], what: str
) -> None:
    draft(small, before, after, kinds)
    left_as_draft(small, what)


def left_as_draft(small: Path, what: str) -> None:
    before = (small / FACT).read_text()
    assert (fix(folders_of([small]), small, EVERY), (small / FACT).read_text()) == ([], before)
    (found,) = (each for each in lint(folders_of([small])) if each.code == "T421")
    assert found.what.startswith(what)


def test_codes_that_are_not_chosen_are_left(small: Path) -> None:
    path = small / FACT
    path.write_text(path.read_text().replace("walkie-talkies", "radios").replace("in 2019.", "in 2019"))
    found = fix(folders_of([small]), small, chosen(["T4"], ["T404"], lint_codes()))
    assert [each.code for each in found] == ["T403"]
    assert 'aliases = ["radios"]' in path.read_text()


def test_a_header_inside_a_text_is_no_record(small: Path) -> None:
    notes = 'notes = """\n[[fact]]\n"""\n'
    path = small / FACT
    first = path.read_text().replace("aliases", f"{notes}aliases")
    second = path.read_text().replace("seven-radios", "others").replace("gave over", "lent ten boats and over")
    path.write_text(f"{first}\n{second.replace('walkie-talkies', 'radios')}")
    before = path.read_text()
    found = fix(folders_of([small]), small, EVERY)
    assert (found, path.read_text()) == ([], before)


def test_a_folder_that_leads_out_of_the_pack_is_left(small: Path, tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    path = small / FACT
    path.write_text(path.read_text().replace("walkie-talkies", "radios"))
    for name in ("facts", "seeds"):
        (pack / name).symlink_to(small / name)
    assert fix(folders_of([pack]), pack, EVERY) == []
    assert '"radios"]' in path.read_text()


def test_many_facts_are_corrected_each_in_its_place(small: Path) -> None:
    path = small / FACT
    like = path.read_text().replace("walkie-talkies", "radios").replace("in 2019.", "in 2019")
    texts = [
        like.replace("seven-radios", f"fact-{n}").replace("The United", f"Then {n} of the United") for n in range(9)
    ]
    path.write_text("\n".join(texts))
    found = fix(folders_of([small]), small, EVERY)
    assert [(each.code, each.path) for each in found] == [
        pair for n in range(9) for pair in (("T403", f"fact[{n}].statement"), ("T404", f"fact[{n}].aliases[0]"))
    ]
    assert [line for line in path.read_text().splitlines() if line.startswith(("id", "aliases"))] == [
        f'id = "fact-{n}"' for n in range(9)
    ]


def test_line_ends_stay_as_they_are(small: Path) -> None:
    path = small / FACT
    path.write_bytes(path.read_bytes().replace(b"in 2019.", b"in 2019").replace(b"\n", b"\r\n"))
    fix(folders_of([small]), small, EVERY)
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n") == path.read_text().count("\n")


def test_only_the_named_pack_is_changed(
    tmp_path: Path, write_small: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = write_small(tmp_path / "one"), tmp_path / "other"
    (one / FACT).write_text((one / FACT).read_text().replace("walkie-talkies", "radios"))
    text = (one / FACT).read_text().replace("seven-radios", "others").replace("gave over", "then gave over")
    other.mkdir()
    (other / "more.toml").write_text(text)
    monkeypatch.chdir(tmp_path)
    assert [each.file for each in fix(folders_of([one, other]), Path("other"), EVERY)] == [f"{other}/more.toml"]
    assert '"radios"]' in (one / FACT).read_text()
    assert "aliases" not in (other / "more.toml").read_text()


def test_a_pack_is_named_by_its_folder(small: Path) -> None:
    with pytest.raises(UsageError, match="a-pack: no folder; --fix changes the files of a folder: name that"):
        fix(folders_of([small]), Path("a-pack"), EVERY)


def test_an_installed_pack_is_not_changed(tmp_path: Path, write_small: Callable[[Path], Path]) -> None:
    pack = write_small(tmp_path / "lib" / "site-packages" / "a_pack")
    path = pack / FACT
    path.write_text(path.read_text().replace("walkie-talkies", "radios"))
    with pytest.raises(UsageError, match="is installed, and is not changed"):
        fix(folders_of([pack]), pack, EVERY)
    assert '"radios"]' in path.read_text()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_keeps_its_files(small: Path) -> None:
    from tajsec.errors import FailingEnvironment

    path = small / FACT
    path.write_text(path.read_text().replace("walkie-talkies", "radios"))
    path.parent.chmod(0o500)
    try:
        with pytest.raises(FailingEnvironment):
            fix(folders_of([small]), small, EVERY)
    finally:
        path.parent.chmod(0o700)
    assert '"radios"]' in path.read_text()


def test_nothing_is_written_if_the_result_would_not_read(small: Path) -> None:
    path = small / FACT
    text = path.read_text().replace("walkie-talkies", "radios")
    path.write_text(re.sub(r'statement = ".*"', f'statement = "Radios {"a" * (MAX_STRING - 7)}"', text))
    before = path.read_text()
    with pytest.raises(UsageError, match=r"statement: over 16,384 characters; shorten it: .*nothing is written"):
        fix(folders_of([small]), small, EVERY)
    assert path.read_text() == before
