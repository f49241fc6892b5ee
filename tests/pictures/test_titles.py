"""Short titles of facts."""

import re
from collections.abc import Callable

import pytest

from tajsec.pictures.titles import LONGEST, title_of

RunJson = Callable[..., dict]


@pytest.mark.parametrize(
    ("when", "statement", "title"),
    [
        ("2008", "A team of NATO experts visited Dushanbe in 2008.", "A team of NATO experts visited Dushanbe"),
        ("2013-02~", "Blake came in about February 2013.", "Blake came"),
        ("2013-02", "Blake came around February 2013.", "Blake came around February 2013"),
        ("2012-10-05", "On 5 October 2012 they signed.", "They signed"),
        ("1996/..", "Since 1996, work goes on.", "Work goes on"),
        ("2001/2021-11?", "Between 2001 and 2021 the United States gave radios.", "The United States gave radios"),
        ("{2015,2017,2019}", "Exercises were held in 2015, 2017 and 2019.", "Exercises were held"),
        ("1993/2014", "A deal of 1993 was due to run out in 2014.", "A deal of 1993 was due to run out in 2014"),
        ("2004", "A project completed in 2004 was to help.", "A project completed in 2004 was to help"),
        ("../2042", "The base may stay until 2042.", "The base may stay until 2042"),
    ],
)
def test_a_title_leaves_out_the_date_of_the_fact_where_the_sentence_stands_without_it(
    when: str, statement: str, title: str
) -> None:
    assert title_of({"when": when, "statement": statement}) == title


@pytest.mark.parametrize(
    ("statement", "title"),
    [
        ("The North Atlantic Cooperation Council, which Tajikistan had joined in 1992, was renamed the Euro-Atlantic "
         "Partnership Council (EAPC) in 1997.",
         "The North Atlantic Cooperation Council was renamed the Euro-Atlantic Partnership Council"),
        ("The United States gave the Mobile Forces of the country a field training area near its capital, with roads.",
         "The United States gave the Mobile Forces of the country a field training area…"),
        ("NATO was to withdraw its troops from all of the country, as RFE/RL reported when the year was over.",
         "NATO was to withdraw its troops from all of the country, as RFE/RL reported…"),
        ("The Allies and the country signed a transit agreement in 2004 in support of the operations further south.",
         "The Allies and the country signed a transit agreement in 2004…"),
        ("Assistance to the whole country between the years 2001 and 2021 included by itself more than $1.5 million.",
         "Assistance to the whole country between the years 2001 and 2021 included…"),
        (f"{'word ' * 17}worded word.", f"{'word ' * 16}word…"),
        ("w" * 200, f"{'w' * (LONGEST - 1)}…"),
    ],
)  # fmt: skip
def test_a_long_statement_is_cut_at_a_clause_and_shows_it(statement: str, title: str) -> None:
    assert title_of({"when": "1997", "statement": statement}) == title


def test_every_title_is_short_and_has_no_word_that_its_statement_has_not(run_json: RunJson) -> None:
    for fact in run_json("timeline")["facts"]:
        title = title_of(fact)
        assert 20 < len(title) <= LONGEST
        assert set(words(title)) <= set(words(fact["statement"]))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
