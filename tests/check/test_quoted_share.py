"""How much of a document the quotes hold: with its text, without it, and on record."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sealed import TEXT, change, check, codes, findings

from tajsec.check.quoted_share import sentences, words_of
from tajsec.cli.terminal import Reply

Run = Callable[..., Reply]
FACT = "facts/gear.toml"
SECOND = """
[[fact]]
id = "three-radios"
statement = "STATEMENT"
actors = ["us"]
topics = ["gear"]
as_of = "2019"
status = "completed"
cites = [{ source = "paper", passage = 2, quote = "QUOTE" }]
"""


def quote(sealed: Path, words: str, statement: str = "In 2019 the army lacked 3 radios.") -> None:
    """Add a fact with another quote of the second passage."""
    path = sealed / FACT
    path.write_text(path.read_text() + SECOND.replace("QUOTE", words).replace("STATEMENT", statement))


def verified(run: Run, sealed: Path) -> dict:
    return check(run, sealed, "--text", str(sealed / "paper.txt"))


# ---------------------------------------------------------------- with the text


def test_a_word_that_two_quotes_cover_counts_once(run: Run, sealed: Path) -> None:
    quote(sealed, "radios in 2019, and 3 radios were")
    (found,) = verified(run, sealed)["quoted"]
    assert found == {
        "source": "paper", "rights": "copyright", "words": 20, "quoted_words": 10, "quoted_share": 0.5,
    }  # fmt: skip


def test_over_half_of_a_document_in_quotes_is_found_unless_it_is_in_the_public_domain(run: Run, sealed: Path) -> None:
    quote(sealed, "in 2019, and 3 radios were")
    assert codes(verified(run, sealed)) == []
    change(sealed, FACT, '"gave over', '"States gave over')
    assert findings(sealed, sealed / "paper.txt") == [
        ("V401", "", "paper", 0, "11 of 20 words in quotes",
         "at most 10; shorten quotes, or quote words that are quoted already")
    ]  # fmt: skip
    change(sealed, "seeds/paper.toml", 'rights = "copyright"', 'rights = "public-domain"')
    assert codes(verified(run, sealed)) == []


def test_a_sentence_that_quotes_of_several_facts_hold_together_is_found(run: Run, sealed: Path) -> None:
    text, record = sealed / "paper.txt", sealed / "seeds" / "paper.toml"
    text.write_text(TEXT.replace("radios in 2019, and", "radios. In 2019 Mr. A. of the U.S. Embassy said:"))
    resealed = run("seal", str(text), "--record", str(record), "--output", str(sealed / "new.toml"))
    assert resealed.status == 0, resealed.stderr
    (sealed / "new.toml").rename(record)
    assert codes(verified(run, sealed)) == []
    quote(sealed, "The United States gave", "The United States gave radios.")
    assert findings(sealed, text) == [
        ("V402", "", "paper", 2, "every word of “The United States gave …” in quotes of seven-radios, three-radios",
         "one word or more of it in no quote")
    ]  # fmt: skip


def test_a_sentence_that_stands_twice_is_judged_by_the_quotes_of_both(run: Run, sealed: Path) -> None:
    text, record = sealed / "paper.txt", sealed / "seeds" / "paper.toml"
    sentence = "The United States gave over 7 radios."
    text.write_text(f"Two words\n{sentence} In 2019 it gave none.\n{sentence} Others came in 2019 from other states.\n")
    resealed = run("seal", str(text), "--record", str(record), "--output", str(sealed / "new.toml"))
    assert resealed.status == 0, resealed.stderr
    (sealed / "new.toml").rename(record)
    quote(sealed, "The United States gave", "The United States gave radios.")
    assert codes(verified(run, sealed)) == ["V402"]
    change(sealed, FACT, 'passage = 2, quote = "The', 'passage = 3, quote = "The')
    assert codes(verified(run, sealed)) == ["V402", "V402"]


def test_the_share_is_of_all_facts_whichever_are_checked(run: Run, sealed: Path) -> None:
    quote(sealed, "3 radios were not given to the army")
    one = check(run, sealed, "three-radios", "--text", str(sealed / "paper.txt"))
    assert one["quoted"] == verified(run, sealed)["quoted"]
    assert check(run, sealed)["quoted"] == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One sentence here. Another there! And “a third?” Yes.", 4),
        ("The U.S. Embassy and Asst. Sec. of State Mr. J. Doe met on 5 Oct. 2012 at 3 p.m. in the U.S. Embassy.", 1),
        ("It cost $2.5 million in 2012. 2013 was dearer.", 2),
        ("He said: “We came.” “They went.”", 2),
        ("и т.д. Россия подписала. Таджикистан тоже.", 2),
        ("No full stop", 1),
    ],
)
def test_a_passage_is_split_into_sentences(text: str, count: int) -> None:
    spans = sentences(text)
    assert len(spans) == count
    assert "".join(text[start:end] for start, end in spans) == text


# ---------------------------------------------------------------- without it


def test_without_the_text_a_quote_within_another_counts_once() -> None:
    assert words_of(["over 7 radios", "gave over 7 radios", "gave over 7 radios", "in 2019 – and"]) == 7


# ---------------------------------------------------------------- on record


def record(run: Run, sealed: Path) -> None:
    folder = sealed / "facts" / "reviews"
    folder.mkdir(exist_ok=True)
    check(run, sealed, "--text", str(sealed / "paper.txt"), "--record", str(folder / "quotes.toml"))


def covered(run: Run, sealed: Path) -> tuple:
    (source,) = json.loads(run("coverage", "--facts", str(sealed), "--json").text)["sources"]
    return tuple(source[key] for key in ("words", "quoted_words", "quoted_share", "quoted_on"))


def test_coverage_shows_the_recorded_count_until_a_quote_changes(run: Run, sealed: Path) -> None:
    assert covered(run, sealed) == (20, None, None, None)
    record(run, sealed)
    words, quoted, share, date = covered(run, sealed)
    assert (words, quoted, share) == (20, 4, 0.2)
    assert date
    change(sealed, FACT, "walkie-talkies", "handsets")
    assert covered(run, sealed)[1] == 4
    quote(sealed, "3 radios were not given to the army")
    assert covered(run, sealed) == (20, None, None, None)


def test_a_table_and_a_pipe_show_the_quoted_share(run: Run, sealed: Path) -> None:
    assert "Words quoted" in run("coverage", "--facts", str(sealed), tty=120).text
    record(run, sealed)
    assert "20%" in run("coverage", "--facts", str(sealed), tty=120).text
    reply = run("verify", "--facts", str(sealed), "--text", str(sealed / "paper.txt"))
    assert "quoted share: 4 of 20 words of paper (20%; copyright)" in reply.stderr


def test_a_record_of_counts_is_read_strictly(run: Run, sealed: Path) -> None:
    record(run, sealed)
    change(sealed, "facts/reviews/quotes.toml", "paper = 4", 'paper = "4"')
    assert run("lint", str(sealed)).text.endswith("[T202]\n")
    change(sealed, "facts/reviews/quotes.toml", 'paper = "4"', "other = 4")
    assert "there is no source 'other' any longer" in run("lint", str(sealed)).text
