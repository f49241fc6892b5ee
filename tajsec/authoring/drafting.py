"""Propose the values of a new fact from its statement and the passage that it cites.

Proposals are read with the same functions that check a fact later: figures by `check.aspects`, dates as a query has
them, names of the vocabulary by `model.mentions`, and each quote by `check.quotes`. Nothing here judges the statement.
"""

import calendar
import functools
import itertools
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from tajsec.authoring.importing import id_of
from tajsec.check.aspects import PERIOD_OF_RATE, FigureInContext, figures_in_context
from tajsec.check.figures_match import names_any, says_planned, words_behind
from tajsec.check.quotes import flaw
from tajsec.data.read import MAX_QUOTE_WORDS, MIN_QUOTE
from tajsec.errors import UnknownName, UsageError
from tajsec.model.kinds import PERIODS, QUALIFIERS, TermKind
from tajsec.model.mentions import Names
from tajsec.model.vocabulary import Term, Vocabulary
from tajsec.search.typed_dates import find_dates
from tajsec.text.dates import FIRST_DAY, LAST_DAY, Day
from tajsec.text.figures import TIME_UNITS, UNITS, Key, figures, plain_text, unit_id
from tajsec.text.forms import fold
from tajsec.text.numbers import find_numbers
from tajsec.text.words import stems

MAX_READ = 20_000
"""Characters of a passage that proposals are made from; the longest of the shipped documents has 1,500."""
MAX_WORDS = 250
"""Words of a passage in which quotes are looked for, as many as the longest of the shipped documents has; a row of 250
numbers, which is the slowest to read, takes half a second.
"""
MAX_QUOTES = 3
"""Quotes that are proposed: subject, figure and date of a long sentence seldom stand further apart."""
_COUNT_WORTH, _NOUN_WORTH, _TIME_WORTH = 10.0, 3.0, 2.0
_LENGTH_COST, _EASY_WORDS, _MORE_COST = 0.4, 7, 0.4
"""What each word of a quote costs, and each beyond those that figure, unit and verb need. For 97 shipped facts that
cite one passage, quotes have 6 words on average, and those of 6 facts fail the check of figures; where a word costs
0.1, they have 10 words, and 5 fail.
"""
_EDGE_COST = 1.5
"""What it costs to begin or end within a phrase: less than a time is worth, more than a word."""
"""What a quote is worth beside one for each other word of the statement that it holds: a count outweighs most words,
and the words for what is counted outweigh a year or month, which then gets a quote of its own. Of two equal quotes the
shorter is best.
"""
_LINKS = r"(?<!\w)(?:a|an|at|by|for|from|in|into|on|over|per|since|the|to|until|with)"
_CUT_START = re.compile(rf"(?i:{_LINKS}) (?!of )\S|[A-Z]\w+ [A-Z]|\S+ \w+,")
"""What a quote begins in the middle of: a phrase behind a link, a name; or it begins with the end of a clause."""
_CUT_END = re.compile(rf"(?:{_LINKS}|(?<!\S)(?!(?:19|20)\d\d$)\d(?:[\d.,]*\d)?)$", re.IGNORECASE)
_WORD_BEHIND = re.compile(r" [^\W\d_]")
"""A quote is cut off behind a link, and between a number and its noun."""
_AROUND = 200
"""Characters around a quote in which `check.quotes` looks for what the quote may cut off."""

_CURRENCY_NAMES = {
    "cad": "Canadian dollars", "aud": "Australian dollars", "usd": "US dollars", "eur": "euros",
    "gbp": "pounds sterling", "rub": "roubles", "tjs": "somoni", "cny": "yuan", "jpy": "yen", "chf": "Swiss francs",
    "kzt": "tenge", "afn": "afghanis", "percent": "percent", "points": "percentage points",
}  # fmt: skip
"""The names of units that are written by a sign; `_figure_unit` has their ids."""


class Quantities(NamedTuple):
    """Figures as values of `quantities`, and the units among them that the vocabulary does not have."""

    tables: list[dict[str, Any]]
    new_units: dict[str, str]
    """Id -> name."""


_SMALL_WORDS = frozenset(
    "a about an and as at by for from had has have in is its of on or over some that the to was were with".split()
)
"""Words of a statement that no quote is looked for by."""


class _Claim(NamedTuple):
    """What a quote is looked for: the figures of a statement that no quote has yet, and the stems of its words."""

    figures: Mapping[Key, float]
    stems: Mapping[str, float]
    """Both with what each is worth."""
    rates: Mapping[Key, str]
    """The figures that are a rate: 312 a day."""

    def worth(self, quote: str) -> float:
        """Return how much a quote shows of the statement."""
        held = sum(self.figures[key] for key in self.held(quote))
        words = sum(self.stems.get(each, 0.0) for each in _read(quote)[1])
        rates = sum(_NOUN_WORTH for key, rate in _rates(quote) if self.rates.get(key) == rate) if self.rates else 0.0
        length = len(quote.split())
        return held + words + rates - _LENGTH_COST * length - _MORE_COST * max(0, length - _EASY_WORDS)

    def held(self, quote: str) -> frozenset[Key]:
        """Return the figures that a quote has."""
        return _read(quote)[0] & self.figures.keys()

    def without(self, quote: str) -> "_Claim":
        """Return what a quote leaves to be shown."""
        held, words = self.held(quote), _read(quote)[1]
        return _Claim(
            {key: worth for key, worth in self.figures.items() if key not in held},
            {word: worth for word, worth in self.stems.items() if word not in words},
            {key: rate for key, rate in self.rates.items() if key not in held},
        )


@functools.lru_cache(maxsize=4 * MAX_WORDS)
def _read(quote: str) -> tuple[frozenset[Key], frozenset[str]]:
    """Return the figures and the stems of a quote; each is read again for every further quote."""
    return frozenset(each.key for each in figures(quote) if each.is_claim), frozenset(stems(quote))


@functools.lru_cache(maxsize=4 * MAX_WORDS)
def _rates(quote: str) -> frozenset[tuple[Key, str]]:
    return frozenset((each.figure.key, each.rate) for each in figures_in_context(quote) if each.rate)


def opening(passage: str) -> str:
    """Return as much of a passage as is read for quotes and figures: its first words."""
    return " ".join(passage[:MAX_READ].split()[:MAX_WORDS])


def quotes(statement: str, passage: str, *, proven: Collection[Key] = (), whole: bool = False) -> list[str]:
    """Return runs of words of a passage that hold the figures and most words of a statement; none if nothing fits.

    `proven` are figures that need no quote, such as the dates of the source's record. A quote has at most
    `MAX_QUOTE_WORDS` words, and one less than the passage unless it may be quoted `whole`.
    """
    text = passage[:MAX_READ]
    words = [match.span() for match in itertools.islice(re.finditer(r"\S+", text), MAX_WORDS)]
    most = min(MAX_QUOTE_WORDS, len(words) if whole else len(words) - 1)
    claim = _claim(statement, proven)
    found = list[str]()
    while len(found) < MAX_QUOTES and (not found or claim.figures):
        runs = [words[first : first + most] for first in range(max(1, len(words) - most + 1))]
        worths = [claim.worth(_trimmed(text, run)) for run in runs]
        best = (run for run, worth in zip(runs, worths, strict=True) if worth == max(worths))
        quote = _best_part(text, list(itertools.islice(best, MAX_QUOTE_WORDS)), claim)
        if not quote or (found and not claim.held(quote)):
            break
        found.append(quote)
        claim = claim.without(quote)
    return found


def _claim(statement: str, proven: Collection[Key]) -> _Claim:
    found = [each for each in figures_in_context(statement) if each.figure.is_claim]
    times = {each.figure.key for each in found if each.role in ("year", "day") or each.figure.unit in TIME_UNITS}
    words = [word for word in re.findall(r"\w+", fold(statement)) if word not in _SMALL_WORDS]
    nouns = {each for figure in found if figure.role == "count" for each in figure.stems}
    return _Claim(
        {key: _TIME_WORTH if key in times else _COUNT_WORTH for key in {each.figure.key for each in found} - {*proven}},
        {each: _NOUN_WORTH if each in nouns else 1.0 for each in stems(" ".join(words))},
        {each.figure.key: each.rate for each in found if each.rate},
    )


def _best_part(text: str, runs: Sequence[Sequence[tuple[int, int]]], claim: _Claim) -> str:
    """Return the part of the runs of words that shows most of a claim without a flaw; "" if every part has one."""
    parts = {
        _trimmed(text, run[first:last]): (run[first][0], run[last - 1][1])
        for run in runs
        for first in range(len(run))
        for last in range(first + 1, len(run) + 1)
    }
    worth = {part: claim.worth(part) - _EDGE_COST * _cuts(text, *span) for part, span in parts.items()}
    best_first = sorted(sorted(parts), key=worth.__getitem__, reverse=True)
    long_enough = (part for part in best_first if len(part) >= MIN_QUOTE)
    return next((part for part in long_enough if not flaw(part, _near(text, parts[part][0]))), "")


def _cuts(text: str, start: int, end: int) -> int:
    """Return at how many of its ends a run of words is cut out of a phrase: "2024 the ..." of "In 2024 the ..."."""
    is_begun = _CUT_START.match(text, text.rfind(" ", 0, max(0, start - 1)) + 1) if start else None
    is_open = _CUT_END.search(text, start, end) and _WORD_BEHIND.match(text, end)
    return bool(is_begun) + bool(is_open)


def _near(text: str, place: int) -> str:
    """Return the words around a place of a text, enough to see what a quote that begins there cuts off."""
    first = text.rfind(" ", 0, max(0, place - _AROUND)) + 1
    last = text.find(" ", place + 2 * _AROUND)
    return text[first : last if last >= 0 else len(text)]


def _trimmed(text: str, run: Sequence[tuple[int, int]]) -> str:
    """Return the words of a run without the punctuation at its ends."""
    return text[run[0][0] : run[-1][1]].strip('.,;:!?()[]"“”«»—– ') if run else ""


def dates(text: str) -> list[str]:
    """Return the dates of a text in EDTF, each once and in order; one without a year is left out."""
    found = (_edtf(each.first, each.last) for each in find_dates(plain_text(text[:MAX_READ])) if not each.month)
    return list(dict.fromkeys(filter(None, found)))


def _edtf(first: Day, last: Day) -> str:
    """Return a span of days in EDTF, as whole years or months if it is made of these."""
    if first == last:
        return _moment(first, 3)
    if first == FIRST_DAY or last == LAST_DAY:
        known = last if first == FIRST_DAY else first
        moment = _moment(known, _depth((known[0], 1, 1), known) if known == last else _depth(known, (known[0], 12, 31)))
        return f"../{moment}" if first == FIRST_DAY else f"{moment}/.."
    depth = _depth(first, last)
    start, end = _moment(first, depth), _moment(last, depth)
    return start if start == end else f"{start}/{end}"


def _depth(first: Day, last: Day) -> int:
    """Return 1 if two days bound whole years, 2 if they bound whole months, else 3."""
    if first[2] != 1 or last[2] != calendar.monthrange(last[0], last[1])[1]:
        return 3
    return 1 if (first[1], last[1]) == (1, 12) else 2


def _moment(day: Day, depth: int) -> str:
    return "-".join((f"{day[0]:04}", f"{day[1]:02}", f"{day[2]:02}")[:depth])


def status(statement: str, passage_quotes: Iterable[str]) -> str:
    """Return `planned` if the statement or a quote has a word for a plan, else `completed`."""
    return "planned" if any(map(says_planned, (statement, *passage_quotes))) else "completed"


def named(kind: TermKind, texts: Iterable[str], vocabulary: Vocabulary) -> list[str]:
    """Return the ids of a kind that the first of the texts with any names, each once and in order."""
    names = Names(vocabulary.of(kind).values())
    for text in texts:
        if found := dict.fromkeys(each.id for each in names.mentions(text[:MAX_READ])):
            return list(found)
    return []


def quantities(statement: str, vocabulary: Vocabulary) -> Quantities:
    """Return the figures of a statement that count or measure something; dates and ends of ranges are left out."""
    found = Quantities([], {})
    behind = words_behind(statement)
    for each in figures_in_context(statement):
        figure = each.figure
        is_amount = figure.is_claim and figure.form == "number" and each.role in ("count", "open")
        if not is_amount or figure.unit in TIME_UNITS or figure.ends:
            continue
        unit, name = _unit_of(each, behind[each.figure.value], vocabulary)
        if unit:
            if name:
                found.new_units[unit] = name
            found.tables.append(
                {
                    "value": _plain(figure.value),
                    "unit": unit,
                    "qualifier": figure.qualifier,
                    "of": name or vocabulary.name("unit", unit) if figure.unit else " ".join(each.words) or unit,
                    "period": PERIOD_OF_RATE.get(each.rate, "total"),
                }
            )
    return found


def _unit_of(each: FigureInContext, behind: Iterable[str], vocabulary: Vocabulary) -> tuple[str, str]:
    """Return the unit of a figure, and its name if the vocabulary does not have it; "" for a figure without one.

    `behind` are the words behind the numbers of its value, as `words_behind` returns them.
    """
    units = vocabulary.of("unit")
    if sign := each.figure.unit:
        unit = "percent" if sign == "%" else sign
        return unit, "" if unit in units else _CURRENCY_NAMES[unit]
    signs = {unit_id(unit) for unit in UNITS}  # a figure has them itself
    rate = [f" {each.rate} "] if each.rate else []  # of "312 lorries a day" nobody counts the days
    followed = (
        term.id
        for term in units.values()
        if term.id not in signs and names_any(behind, term.names) and not names_any(rate, term.names)
    )
    if known := next(followed, None):
        return known, ""
    name = " ".join(each.words[:2]) if each.role == "count" else ""
    return id_of(name) if name else "", name


def quantity(text: str, vocabulary: Vocabulary) -> Quantities:
    """Read a quantity as people type it: `1.2 million eur about: repairs of bridges`, `312 lorries daily`.

    Before the colon stand a number, a unit by id or name, and perhaps a qualifier and a period; behind it what is
    counted, without which it is the name of the unit. A unit like none of the vocabulary is a new one.
    Raises UsageError, also for a unit that is nearly one of the vocabulary.
    """
    head, _, of = text.partition(":")
    plain = plain_text(head)
    numbers = find_numbers(plain)
    if len(numbers) != 1:
        raise UsageError(f"{text!r}: needs one number, as in '312 trucks daily: trucks that cross the border'")
    rest = f"{plain[: numbers[0].start]} {plain[numbers[0].end :]}".split()
    qualifier = next((word for word in rest if word in QUALIFIERS), "exact")
    period = next((word for word in rest if word in PERIODS), "total")
    name = " ".join(word for word in rest if word not in (*QUALIFIERS, *PERIODS))
    sign = next((each.unit for each in figures(head) if each.unit in UNITS), "")
    unit, new = _typed_unit(name, "percent" if sign == "%" else sign, vocabulary)
    table = {
        "value": _plain(numbers[0].value),
        "unit": unit,
        "qualifier": qualifier,
        "of": of.strip() or new or vocabulary.name("unit", unit),
        "period": period,
    }
    return Quantities([table], {unit: new} if new else {})


def _typed_unit(name: str, sign: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Return the id of a typed unit, and its name if the vocabulary does not have it."""
    if not (name or sign):
        raise UsageError("a quantity needs a unit; write what is counted behind the number")
    try:
        return vocabulary.resolve("unit", name), ""
    except UnknownName as error:
        if sign:
            return sign, "" if sign in vocabulary.of("unit") else _CURRENCY_NAMES[sign]
        if error.near:
            near = " or ".join(error.near)
            raise UsageError(f"unknown unit {name!r}; did you mean {near}? --unit ID=NAME makes a new one") from error
        return id_of(name), name


def with_terms(vocabulary: Vocabulary, terms: Iterable[Term]) -> Vocabulary:
    """Return a vocabulary with more terms."""
    from tajsec.model.kinds import TERM_KINDS

    return Vocabulary([*(term for kind in TERM_KINDS for term in vocabulary.of(kind).values()), *terms])


def _plain(value: float) -> int | float:
    return int(value) if value.is_integer() else value


def typed(table: Mapping[str, Any]) -> str:
    """Return a quantity as `quantity` reads it."""
    words = [f"{table['value']:.15g}", table["unit"]]
    words += [table[key] for key, usual in (("qualifier", "exact"), ("period", "total")) if table[key] != usual]
    return f"{' '.join(words)}: {table['of']}"


def is_acronym(text: str, name: str) -> bool:
    """True if a text is made of the first letters of a name, of all its words or of those with a capital."""
    words = [word for word in name.split() if word[0].isalnum()]
    capitals = [word for word in words if word[0].isupper()]
    initials = ("".join(word[0] for word in some) for some in (words, capitals))
    return len(text) > 1 and fold(text) in map(fold, initials)
