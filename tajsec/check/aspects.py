"""Read the context of each figure in a text: its role, part of the year, bound, rate, measure, and what it counts.

The words that are recognised are in the tables below. Where a text has none of them, the field of `FigureInContext` is
empty or `open`. `check.conflicts` compares the contexts of a statement with those of its quotes.
"""

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from tajsec.model.kinds import Period
from tajsec.text.figures import (
    CENTURY,
    CHANGE,
    DECADE,
    FISCAL_YEAR,
    MONTH,
    RECENT,
    SCHOOL_YEAR,
    SHORT,
    TIME_UNITS,
    Figure,
    Key,
    figures,
    plain_text,
)
from tajsec.text.words import stem

Role = Literal["year", "day", "count", "ordinal", "times", "article", "label", "open"]
"""The kind of number: `year` for 2012 in "since 2012", `day` for 5 in "5 May", `count` for 5 in "5 radios"; and so on.

`open` if the words around it do not decide.
"""


def _named_groups(patterns: Mapping[str, str]) -> str:
    """Return an alternation in which each pattern is a group that has its key, with underscores, as name."""
    return "|".join(f"(?P<{name.replace(' ', '_')}>{pattern})" for name, pattern in patterns.items())


def _group_name(match: re.Match[str] | None) -> str:
    """Return the key of the matched pattern of `_named_groups`, or "" without a match."""
    return str(match.lastgroup).replace("_", " ") if match else ""


_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*(?:'s)?")

_SENTENCE_END = re.compile(r"[;!?](?=\s|$)|(?<=\w\w)\.(?=\s|$)")
_CLAUSE_END = re.compile(rf":(?=\s|$)|{_SENTENCE_END.pattern}")

_PASSED_OVER = frozenset("of the its their his her our such these those are were is was's more further".split())
"""Words that are skipped between a number and the words for what it counts: 5 of the ministry's radios."""

_DETERMINERS = frozenset("the its their his her our such these those".split())
"""Words that right behind a number begin something else: "in 2012 the states", but "5 of the states"."""

_PHRASE_ENDS = frozenset(
    """
    a an in on at to for
    from by with since until till before after during between among across through as than that which
    who whom and or but nor has have had be been will would can could may might did does do not per each including
    strong long old wide high deep tall large
    include includes into over under about around within out up down while when where
    """.split()
)
"""Words that end the phrase for what a number counts."""

_AMOUNT_WORDS = frozenset(
    """
    cost worth valu total price amount spent spend gave give provid with at of the a an and for in on to by was were is
    are be has have had which that about over up from as its it their this each percent per both all
    """.split()
)
"""Words and stems near a sum, share or year that do not name its subject."""

_MANY = frozenset("men women people children personnel police staff troops cattle km ha other others".split())
"""Words that count as plurals although the pattern of `_is_plural` does not match them."""

_BEFORE_YEAR = re.compile(
    r"(?<!\w)(?:in|since|until|till|by|before|after|during|early|late|mid|end|beginning|middle|start|year|of|from|for"
    r"|to|and|the|its|his|her|their|spring|summer|autumn|winter)[ -](?:about |around )?$"
)

_ONLY_BEFORE_YEAR = re.compile(r"(?<!\w)(?:in|since|until|till|during|before|after|early|late|mid|year)[ -]$")

_NEAR = 80
"""Characters read before or after a figure: enough for the phrases that qualify it, and the time for a long text stays
proportional to its length.
"""

_MOST_PARTS = 6
"""Figures before a date that may belong to it ("Monday, 5 May 2012" has three): bounds the search for its start."""

_FIRST_BARE_YEAR = 1900
"""From 1900 on, a number without further signs is read as a year; a lower one only after "in", "since" or the like."""

_GROUPED = re.compile(r"\d[ ,.']\d{3}")

_PARTS: Mapping[str, str] = {
    "early": "early|beginning|start|outset",
    "mid": "mid|middle",
    "late": "late|end|close",
    "autumn": "autumn|fall",
    "fourth quarter": "fourth quarter|last quarter",
    **{each: each for each in ("spring", "summer", "winter", "first half", "second half")},
    **{each: each for each in ("first quarter", "second quarter", "third quarter")},
}
"""The parts of a year, month, decade or century, each with a pattern of the words before the figure that name it."""

_PART = re.compile(rf"(?<!\w)(?:the )?(?:{_named_groups(_PARTS)})(?:[ -]| of | in | of the | in the )$")

_BOUNDS: Mapping[str, str] = {
    "since": "since|starting in|beginning in",
    "after": "after|following",
    "until": "until|till|up to|through",
    "before": "before|prior to|ahead of",
    "by": "by|no later than|not later than",
    "in": "in|on|during",
}
"""How an event is placed relative to a time, each with a pattern of the words before the figure."""

_BOUND = re.compile(rf"(?<!\w)(?:{_named_groups(_BOUNDS)}) (?:about |around )?(?:the )?$")

_PERIOD_NOUNS = "year|yr|annum|quarter|month|week|day|diem|hour"
_PERIOD_ADVERBS = "annual|annually|yearly|quarterly|monthly|weekly|daily|hourly"
_PERIOD_OF = dict(
    zip(
        f"{_PERIOD_NOUNS}|{_PERIOD_ADVERBS}".split("|"),
        "year year year quarter month week day day hour year year year quarter month week day hour".split(),
        strict=True,
    )
)
"""The period that a word of `_RATE` names."""

PERIOD_OF_RATE: Mapping[str, Period] = {
    "year": "annual", "month": "monthly", "week": "weekly", "day": "daily", "each": "per-item",
}  # fmt: skip
"""The `period` of a quantity for each rate that has one; a quarter and an hour have none."""

_NOT_A_RATE = "".join(
    f"(?<!{word} )" for word in "for in within nearly almost about over than of after half under by".split()
)
"""After one of these words, "a year" is a length of time, not a rate: for a year, nearly a year."""

_RATE = re.compile(
    rf"(?<!\w)(?:(?:per|each|every) (?:{_PERIOD_NOUNS})"
    rf"|{_NOT_A_RATE}a (?:{_PERIOD_NOUNS})(?! (?:ago|later|earlier|before|after|long|old|of)\b)"
    rf"|{_PERIOD_ADVERBS}"
    r"|apiece|a piece|a head|per (?!cent)[a-z]+|each(?=[.,;)]|$| (?:and|for|to|from|in)\b)"
    rf"|(?:(?<=illion )|(?<=thousand )|(?<=[0-9] ))(?:each|a (?:{_PERIOD_NOUNS})(?= of\b)))(?!\w)"
)
"""Words that make a figure a rate: "per year", "annual", "each", "a year" (but not "for a year", "a year of talks")."""

_MEASURES: Mapping[str, str] = {
    "square km": "(?:square|sq\\.?) (?:km|kilomet(?:er|re)s?)|km2",
    "square miles": "(?:square|sq\\.?) miles?",
    "km": "km|kms|kilomet(?:er|re)s?",
    "metres": "met(?:er|re)s?",
    "feet": "feet|foot",
    "hectares": "hectares?|ha",
    "litres": "lit(?:er|re)s?",
    # metric, long and short tons differ by a tenth at most, and texts seldom say which they mean
    "tonnes": "tonnes?|tons?|metric tons?",
    "kg": "kg|kilos?|kilograms?",
    "pounds": "pounds?(?! sterling)|lbs?",
    "years": "years?|yrs?",
    "megawatts": "megawatts?|mw",
    "kilowatts": "kilowatts?|kw",
    **{each: f"{each}?" for each in "miles acres barrels months weeks days hours minutes".split()},
}
"""Units of measurement, each with a pattern of the words that follow the number."""

_MEASURE = re.compile(
    rf"[ -]?(?:full |whole |more |further |additional |consecutive )?(?:{_named_groups(_MEASURES)})(?!\w)"
)


class FigureInContext(NamedTuple):
    """A figure of a text, with what the words around it say about it."""

    figure: Figure
    role: Role
    part: str
    """The part of a year, month, decade or century: a key of `_PARTS`, or ""."""
    bound: str
    """The word before a time: a key of `_BOUNDS`, or ""."""
    rate: str
    """The period of a rate ("year" to "hour"), "each" for a price or count per piece, or "" for a figure in all."""
    text_rates: frozenset[str]
    """The rates of the whole text: the word for a rate is often far from its figure."""
    measure: str
    """The unit of measurement: a key of `_MEASURES`, or ""."""
    words: Sequence[str]
    """The words for what is counted, paid for or dated."""
    stems: frozenset[str]
    """The stems of `words`."""
    verb: str
    """The stem of the word before a count ("killed" in "killed three soldiers"), or ""."""
    change: str
    """`from` or `to` for an end of a change ("rose from 5 to 7", "up from 5"), or ""."""
    part_count: Key | None
    """The figure before "of" and this one: 40 for the 100 of "40 of the 100 posts"."""
    text_keys: frozenset[Key]
    """The keys of all figures of the text."""
    text: str

    @property
    def kind(self) -> str:
        """The kind of figure, for comparison with others of the same kind: a currency, "share", "count", or a role."""
        if self.figure.unit:
            return "share" if self.figure.unit in ("%", "points") else self.figure.unit
        return self.role if self.role in ("year", "day", "ordinal", "article", "label") else "count"


def figures_in_context(text: str) -> list[FigureInContext]:
    """Return the figures of a text, in order, each with its context."""
    return list((_in_context if len(text) <= SHORT else _in_context.__wrapped__)(text))


@functools.lru_cache(maxsize=RECENT)
def _in_context(text: str) -> Sequence[FigureInContext]:
    plain = plain_text(text)
    found = figures(text)
    roles = [_role(plain, found, place) for place in range(len(found))]
    marks = [(match, _PERIOD_OF.get(match[0].split()[-1], "each")) for match in _RATE.finditer(plain)]
    rates = dict(_rates(plain, found, roles, marks))
    words = [_words(plain, found, roles, place) for place in range(len(found))]
    text_rates, text_keys = frozenset(rate for _, rate in marks), frozenset(each.key for each in found)
    return [
        FigureInContext(
            figure=figure,
            role=roles[place],
            part=_group_name(_PART.search(_before(plain, figure.start))) if _names_time(figure) else "",
            bound=_bound(plain, found, roles, place),
            rate=rates.get(place, ""),
            text_rates=text_rates,
            measure=_measure(plain, found, place),
            words=words[place],
            stems=frozenset(map(stem, words[place])),
            verb=_verb(plain, figure),
            change=_change(plain, figure),
            part_count=_part_count(plain, found, place),
            text_keys=text_keys,
            text=text,
        )
        for place, figure in enumerate(found)
    ]


# ---------------------------------------------------------------- the fields of a context


def _role(plain: str, found: Sequence[Figure], place: int) -> Role:
    figure = found[place]
    if figure.form == "date":
        return "year" if figure.may_be_year else "day"
    if figure.unit in TIME_UNITS:
        return "open"
    if figure.form in ("times", "article", "label"):
        return figure.form
    if figure.unit == "" and 1 <= figure.value <= 31 and _is_beside_month(plain, found, place):
        return "day"
    if figure.form == "ordinal":
        return "ordinal"
    return _year_or_count(plain, found, place) if figure.may_be_year else _count_or_open(plain, found, place)


def _count_or_open(plain: str, found: Sequence[Figure], place: int) -> Role:
    figure = found[place]
    is_count = figure.unit or plain[figure.start].isalpha() or _counts_things(plain, found, place)
    return "count" if is_count else "open"


def _year_or_count(plain: str, found: Sequence[Figure], place: int) -> Role:
    """Return the role of a number that may be a year: "year" in "in 2012", "count" in "2,012 radios".

    "open" in "of 2012 radios", which may be either.
    """
    figure = found[place]
    before, written = _before(plain, figure.start), plain[figure.start : figure.end]
    if _GROUPED.search(written):
        return "count"
    if _ONLY_BEFORE_YEAR.search(before):
        return "year"
    if figure.value < _FIRST_BARE_YEAR:
        return _count_or_open(plain, found, place)
    counts, may_be_year = _counts_things(plain, found, place), _BEFORE_YEAR.search(before)
    if written[0].isalpha() or (counts and may_be_year):
        return "open"
    return "count" if counts and not _is_behind_month(plain, found, place) else "year"


def _is_beside_month(plain: str, found: Sequence[Figure], place: int) -> bool:
    figure, beside = found[place], found[max(0, place - 1) : place + 2]
    gaps = [plain[figure.end : each.start] for each in beside if each.unit == MONTH and each.start >= figure.end]
    gaps += [plain[each.end : figure.start] for each in beside if each.unit == MONTH and each.end <= figure.start]
    return any(re.fullmatch(r"(?:st|nd|rd|th)? (?:of )?| the ", gap) for gap in gaps)


def _is_behind_month(plain: str, found: Sequence[Figure], place: int) -> bool:
    before = found[place - 1] if place else None
    return before is not None and before.unit == MONTH and not plain[before.end : found[place].start].strip(" ,")


def _before(plain: str, start: int) -> str:
    return plain[max(0, start - _NEAR) : start]


def _counts_things(plain: str, found: Sequence[Figure], place: int) -> bool:
    """True if a plural is among the first four words after a figure: radios, night vision devices, men."""
    return any(map(_is_plural, _phrase(plain, found[place].end, _next_start(plain, found, place))[:4]))


def _is_plural(word: str) -> bool:
    return word in _MANY or (len(word) > 3 and bool(re.search(r"[^sui]s$", word)))


def _next_start(plain: str, found: Sequence[Figure], place: int) -> int:
    return next((each.start for each in found[place + 1 :] if each.form != "article"), len(plain))


def _phrase(plain: str, start: int, end: int) -> list[str]:
    """Return the words from `start` up to the end of the phrase, without those of `_PASSED_OVER`.

    A phrase ends after its plural, before a word of `_PHRASE_ENDS`, before punctuation other than hyphens, apostrophes
    and opening quotation marks, and before a determiner at its start.
    """
    words: list[str] = []
    for place, word in enumerate(re.findall(r"[^\W_]+| - |[^\w\s]", plain[start:end])):
        if place == 0 and word in _DETERMINERS:
            break
        is_over = bool(words) and _is_plural(words[-1]) and not _is_plural(word) and word != "of"
        if is_over or word in _PHRASE_ENDS or not (word[0].isalnum() or word in "-'“\""):
            break
        if word[0].isalnum() and word not in _PASSED_OVER and word != "s":
            words.append(word)
    return words


def _names_time(figure: Figure) -> bool:
    return figure.may_be_year or figure.unit in (MONTH, DECADE, CENTURY, FISCAL_YEAR, SCHOOL_YEAR)


def _bound(plain: str, found: Sequence[Figure], roles: Sequence[Role], place: int) -> str:
    """Return the bound of a time, a key of `_BOUNDS` or "". The parts of a date have the bound of the whole date."""
    if roles[place] not in ("year", "day") and found[place].unit not in TIME_UNITS:
        return ""
    start, first = found[place].start, max(0, place - _MOST_PARTS)
    for before, role in zip(reversed(found[first:place]), reversed(roles[first:place]), strict=True):
        if role not in ("year", "day") and before.unit not in TIME_UNITS:
            break
        if not re.fullmatch(r",? (?:of |and |or )?", plain[before.end : start]) and before.start != start:
            break
        start = before.start
    if start == 0 and re.match(r":| [-–—] ", plain[found[place].end :][:_NEAR]):
        return "in"  # a date and a colon or dash at the start: the heading of an entry
    return _group_name(_BOUND.search(_PART.sub("", _before(plain, start))))


def _rates(
    plain: str, found: Sequence[Figure], roles: Sequence[Role], marks: Sequence[tuple[re.Match[str], str]]
) -> Iterator[tuple[int, str]]:
    """Yield for each rate the index of the nearest figure, by words between them, of the same sentence."""
    rated = [
        n for n, each in enumerate(found) if each.unit not in TIME_UNITS and roles[n] in ("count", "times", "open")
    ]
    for match, rate in marks:
        near = [(distance, n) for n in rated if (distance := _distance(plain, found[n], match)) is not None]
        if near:
            yield min(near)[1], rate


def _distance(plain: str, figure: Figure, mark: re.Match[str]) -> int | None:
    """Return the number of words between a figure and a mark of a rate, or None if a sentence or semicolon parts them.

    A colon parts nothing: "21 machines: graders and trucks a year" is a rate of machines.
    """
    between = plain[figure.end : mark.start()] if figure.start < mark.start() else plain[mark.end() : figure.start]
    return None if _SENTENCE_END.search(between) else len(_WORD.findall(between))


def _measure(plain: str, found: Sequence[Figure], place: int) -> str:
    figure = found[place]
    if figure.unit or figure.form not in ("number", "article"):
        return ""
    if _is_low_end(found, place):
        figure = found[place + 1]
    return _group_name(_MEASURE.match(plain, figure.end))


def _words(plain: str, found: Sequence[Figure], roles: Sequence[Role], place: int) -> list[str]:
    """Return the words for what a figure counts, pays for or dates.

    Those of a count follow it; those of a sum, a share or a year are before or after it.
    """
    if found[place].unit in TIME_UNITS or roles[place] in ("ordinal", "article", "label", "day", "times"):
        return []
    if roles[place] == "year" or found[place].unit:
        return _words_around(plain, found, roles, place)
    if place and re.match(r" of (?:them|these|those|which)\b", plain[found[place].end :][:_NEAR]):
        place -= 1
    elif _is_low_end(found, place):
        place += 1
    return _phrase(plain, found[place].end, _next_start(plain, found, place))


def _is_low_end(found: Sequence[Figure], place: int) -> bool:
    """True if a figure is the first of the two ends of a range."""
    ends = found[place].ends
    return ends is not None and place + 1 < len(found) and found[place + 1].ends == ends


def _verb(plain: str, figure: Figure) -> str:
    match = re.search(r"([^\W\d_]+) (?:a |an |the )?$", _before(plain, figure.start))
    return stem(match[1]) if match and match[1] not in _PHRASE_ENDS | _PASSED_OVER else ""


def _change(plain: str, figure: Figure) -> str:
    before = _CLAUSE_END.split(_before(plain, figure.start))[-1]
    if re.search(r"(?<!\w)(?:up|down) from (?:us)?[$€£]?$", before):
        return "from"
    match = re.search(r"(?<!\w)(from|to) (?:us)?[$€£]?$", before)
    return match[1] if match and CHANGE.search(before) else ""


def _part_count(plain: str, found: Sequence[Figure], place: int) -> Key | None:
    if place and not found[place].unit:
        between = plain[found[place - 1].end : found[place].start]
        if re.fullmatch(r"(?:%| percent)? of (?:(?:the|its|their|all|those|these) )?", between):
            return found[place - 1].key
    return None


def _words_around(plain: str, found: Sequence[Figure], roles: Sequence[Role], place: int) -> list[str]:
    """Return the words for the subject of a sum, share or year.

    Those that follow a sum or share after "for", "of" or the like; else those of the clause before the figure; else
    those of the clause after it. Text beyond the next figure of the same unit and role is not read.
    """
    figure = found[place]
    alike = [each for n, each in enumerate(found) if (each.unit, roles[n]) == (figure.unit, roles[place])]
    at = alike.index(figure)
    first = alike[at - 1].end if at else 0
    last = alike[at + 1].start if at + 1 < len(alike) else len(plain)
    before, behind = _CLAUSE_END.split(plain[first : figure.start])[-1], _CLAUSE_END.split(plain[figure.end : last])[0]
    if figure.unit and (purpose := _purpose(behind)):
        return list(_naming(purpose))
    if at and figure.unit and (purpose := _purpose(before)):
        before = before[before.index(purpose) + len(purpose) :]  # these words belong to the sum before
    return list(_naming(before)) or list(_naming(behind))


def _purpose(behind: str) -> str:
    """Return the purpose in the text after a sum ("the outpost" in "for the outpost, and"), or ""."""
    match = re.match(r"(?: ?[^\s,]+){0,2}? (?:for|in|on|to|of) (.+?)(?=,| and |$)", behind)
    return match[1] if match else ""


def _naming(text: str) -> Iterator[str]:
    """Yield the words of a text that are neither numbers nor among `_AMOUNT_WORDS`."""
    for word in (each.removesuffix("'s") for each in _WORD.findall(text)):
        if word not in _AMOUNT_WORDS and stem(word) not in _AMOUNT_WORDS and not word[0].isdigit():
            yield word
