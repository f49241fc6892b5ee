"""What is said around a figure: as what it stands there, early or late, since or until, a year or in all, of what.

The words that are read are in tables. What a text does not say is left open; `tajsec.conflicts` compares the rest.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from tajsec.text.figures import (
    CENTURY,
    CHANGE,
    DECADE,
    FISCAL_YEAR,
    MONTH,
    SCHOOL_YEAR,
    TIME_UNITS,
    Figure,
    Key,
    figures,
    plain_text,
)
from tajsec.text.words import stem

Role = Literal["year", "day", "count", "ordinal", "times", "article", "label", "open"]
"""As what a number stands: 2012 in "since 2012", 5 in "5 May", 5 in "5 radios", and so on; `open` if nothing tells."""


_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*(?:'s)?")


_CLAUSE_END = re.compile(r"[;:!?](?=\s|$)|(?<=\w\w)\.(?=\s|$)")


_PASSED_OVER = frozenset("of the its their his her our such these those are were is was's more further".split())
"""Words between a number and what it counts: 5 of the ministry's radios."""


_PHRASE_ENDS = frozenset(
    """
    a an in on at to for
    from by with since until till before after during between among across through as than that which
    who whom and or but nor has have had be been will would can could may might did does do not per each including
    strong long old wide high deep tall large
    include includes into over under about around within out up down while when where
    """.split()
)
"""Words that begin something else than what is counted."""


_AMOUNT_WORDS = frozenset(
    """
    cost worth valu total price amount spent spend gave give provid with at of the a an and for in on to by was were is
    are be has have had which that about over up from as its it their this each percent per both all
    """.split()
)
"""Stems around a sum, share or year that do not name what it is for."""


_MANY = frozenset("men women people children personnel police staff troops cattle km ha other others".split())
"""Plurals without an s, and what is counted without one."""


_BEFORE_YEAR = re.compile(
    r"(?<!\w)(?:in|since|until|till|by|before|after|during|early|late|mid|end|beginning|middle|start|year|of|from|for"
    r"|to|and|the|its|his|her|their|spring|summer|autumn|winter)[ -](?:about |around )?$"
)


_ONLY_BEFORE_YEAR = re.compile(r"(?<!\w)(?:in|since|until|till|during|early|late|mid|year)[ -]$")


_NEAR = 80
"""As many letters beside a figure are read as name it; longer texts are not searched for each of their figures."""


_MOST_PARTS = 6
"""As many figures before a date are read as its parts: Monday, 5 May 2012; 2015, 2017 and 2019."""


_FIRST_BARE_YEAR = 1900
"""From here on a bare number is mostly a year; one before it is only if "in" or the like says so."""


_GROUPED = re.compile(r"\d[ ,.']\d{3}")


_PARTS: Mapping[str, str] = {
    "early": r"early|beginning|start|outset",
    "mid": r"mid|middle",
    "late": r"late|end|close",
    "spring": "spring",
    "summer": "summer",
    "autumn": "autumn|fall",
    "winter": "winter",
    "first half": "first half",
    "second half": "second half",
    "first quarter": "first quarter",
    "second quarter": "second quarter",
    "third quarter": "third quarter",
    "fourth quarter": "fourth quarter|last quarter",
}
"""The parts of a year, month, decade or century, and the words before it that name them."""


_PART = re.compile(
    r"(?<!\w)(?:the )?(?:" + "|".join(f"(?P<p{n}>{each})" for n, each in enumerate(_PARTS.values())) + ")"
    r"(?:[ -]| of | in | of the | in the )$"
)


_BOUNDS: Mapping[str, str] = {
    "since": "since|starting in|beginning in",
    "after": "after|following",
    "until": "until|till|up to|through",
    "before": "before|prior to|ahead of",
    "by": "by|no later than|not later than",
    "in": "in|on|during",
}
"""How what is told lies to a time, and the words before it that say so."""


_BOUND = re.compile(
    r"(?<!\w)(?:" + "|".join(f"(?P<b{n}>{each})" for n, each in enumerate(_BOUNDS.values())) + ")"
    r" (?:about |around )?(?:the )?$"
)


_PERIODS: Mapping[str, str] = {
    "year": "year|yr|annum",
    "quarter": "quarter",
    "month": "month",
    "week": "week",
    "day": "day|diem",
    "hour": "hour",
}


_PERIOD = "|".join(f"(?P<{{0}}{name}>{words})" for name, words in _PERIODS.items())


_NOT_A_RATE = "".join(
    f"(?<!{word} )" for word in "for in within nearly almost about over than of after half under by".split()
)
"""What makes a length of time of "a year": for a year, nearly a year."""


_RATE = re.compile(
    rf"(?<!\w)(?:(?:per|each|every) (?:{_PERIOD.format('per_')})"
    rf"|{_NOT_A_RATE}a (?:{_PERIOD.format('a_')})(?! (?:ago|later|earlier|before|after|long|old|of)\b)"
    r"|(?P<ly_year>annual(?:ly)?|yearly)|(?P<ly_quarter>quarterly)|(?P<ly_month>monthly)|(?P<ly_week>weekly)"
    r"|(?P<ly_day>daily)|(?P<ly_hour>hourly)"
    r"|(?P<of_each>apiece|a piece|a head|per (?!cent)[a-z]+|each(?=[.,;)]|$| (?:and|for|to|from|in)\b)"
    r"|(?:(?<=illion )|(?<=thousand )|(?<=[0-9] ))each))(?!\w)"
)
"""How often, or of what each: "per year", "a year" (but not "for a year"), "annual", "each"."""


_MEASURES: Mapping[str, str] = {
    "square km": "(?:square|sq\\.?) (?:km|kilomet(?:er|re)s?)|km2",
    "square miles": "(?:square|sq\\.?) miles?",
    "km": "km|kms|kilomet(?:er|re)s?",
    "miles": "miles?",
    "metres": "met(?:er|re)s?",
    "feet": "feet|foot",
    "hectares": "hectares?|ha",
    "acres": "acres?",
    "litres": "lit(?:er|re)s?",
    "barrels": "barrels?",
    # metric, long and short tons differ by a tenth at most, and texts seldom say which they mean
    "tonnes": "tonnes?|tons?|metric tons?",
    "kg": "kg|kilos?|kilograms?",
    "pounds": "pounds?(?! sterling)|lbs?",
    "years": "years?|yrs?",
    "months": "months?",
    "weeks": "weeks?",
    "days": "days?",
    "hours": "hours?",
    "minutes": "minutes?",
    "megawatts": "megawatts?|mw",
    "kilowatts": "kilowatts?|kw",
}
"""What is measured rather than counted, in the words that follow the number."""


_MEASURE = re.compile(
    r"[ -]?(?:full |whole |more |further |additional |consecutive )?(?:"
    + "|".join(f"(?P<m{n}>{each})" for n, each in enumerate(_MEASURES.values()))
    + r")(?!\w)"
)


class Said(NamedTuple):
    """A figure, and what a text says around it; what it does not say is empty or `open`."""

    figure: Figure
    role: Role
    part: str
    """One of `_PARTS`."""
    bound: str
    """One of `_BOUNDS`."""
    rate: str
    """A period, or "each"."""
    rates: frozenset[str]
    """Every rate of the text: a word for it often stands far from the figure."""
    measure: str
    """One of `_MEASURES`."""
    words: Sequence[str]
    """The words for what is counted, paid for, or dated."""
    thing: frozenset[str]
    """Their stems."""
    verb: str
    """The stem of the word before a count: killed three soldiers."""
    change: str
    """`from` or `to`: the end of a change that the figure is: rose from 5 to 7, up from 5."""
    shared_by: Key | None
    """The figure of a part of it: 40 for the 100 of "40 of the 100 posts"."""
    keys: frozenset[Key]
    """Every figure of the text."""
    text: str

    @property
    def kind(self) -> str:
        """The figures among which a thing may have been mistaken: sums, shares, years or counts."""
        if self.figure.unit:
            return "share" if self.figure.unit in ("%", "points") else self.figure.unit
        return self.role if self.role in ("year", "day", "ordinal", "article", "label") else "count"


def said(text: str) -> list[Said]:
    """Return the figures of a text with what it says around each."""
    plain = plain_text(text)
    found = figures(text)
    roles = [_role(plain, found, place) for place in range(len(found))]
    marks = list(_rate_marks(plain))
    keys = frozenset(figure.key for figure in found)
    rates, all_rates = dict(_rates(plain, found, roles, marks)), frozenset(rate for _, rate in marks)
    words = [_thing(plain, found, roles, place) for place in range(len(found))]
    return [
        Said(
            figure=figure,
            role=roles[place],
            part=_part(plain, figure),
            bound=_bound(plain, found, roles, place),
            rate=rates.get(place, ""),
            rates=all_rates,
            measure=_measure(plain, found, place),
            words=words[place],
            thing=frozenset(map(stem, words[place])),
            verb=_verb(plain, figure),
            change=_change(plain, found, place),
            shared_by=_shared_by(plain, found, place),
            keys=keys,
            text=text,
        )
        for place, figure in enumerate(found)
    ]


# ---------------------------------------------------------------- what is read around a figure


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
    """Tell 2012 of "in 2012" from that of "2,012 radios"; "of 2012 radios" is left open."""
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
    """Return True if a plural follows: radios, night vision devices, men."""
    return any(map(_is_plural, _phrase(plain, found[place].end, _next_start(plain, found, place))[:4]))


def _is_plural(word: str) -> bool:
    return word in _MANY or (len(word) > 3 and bool(re.search(r"[^sui]s$", word)))


def _next_start(plain: str, found: Sequence[Figure], place: int) -> int:
    return next((each.start for each in found[place + 1 :] if each.form != "article"), len(plain))


def _phrase(plain: str, start: int, end: int) -> list[str]:
    """Return the words from an offset to the end of the phrase; its plural ends it, and so do marks but hyphens."""
    words: list[str] = []
    for match in re.finditer(r"[^\W_]+|[^\w\s]", plain[start:end]):
        word = match[0]
        is_over = bool(words) and _is_plural(words[-1]) and not _is_plural(word) and word != "of"
        if is_over or word in _PHRASE_ENDS or not (word[0].isalnum() or word in "-'“\""):
            break
        if word[0].isalnum() and word not in _PASSED_OVER and word != "s":
            words.append(word)
    return words


def _part(plain: str, figure: Figure) -> str:
    found = _PART.search(_before(plain, figure.start)) if _names_time(figure) else None
    return list(_PARTS)[int(str(found.lastgroup)[1:])] if found else ""


def _names_time(figure: Figure) -> bool:
    return figure.may_be_year or figure.unit in (MONTH, DECADE, CENTURY, FISCAL_YEAR, SCHOOL_YEAR)


def _bound(plain: str, found: Sequence[Figure], roles: Sequence[Role], place: int) -> str:
    """Return the word before a time; the parts of a date have the word before the whole date."""
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
        return "in"  # the heading of what happened then
    match = _BOUND.search(_PART.sub("", _before(plain, start)))
    return list(_BOUNDS)[int(str(match.lastgroup)[1:])] if match else ""


def _rate_marks(plain: str) -> Iterator[tuple[re.Match[str], str]]:
    for match in _RATE.finditer(plain):
        yield match, str(match.lastgroup).rpartition("_")[2]


def _rates(
    plain: str, found: Sequence[Figure], roles: Sequence[Role], marks: Sequence[tuple[re.Match[str], str]]
) -> Iterator[tuple[int, str]]:
    """Return each rate to the figure of its clause that is nearest, in words."""
    rated = [n for n, figure in enumerate(found) if _may_have_rate(figure, roles[n])]
    for match, rate in marks:
        near = [(_distance(plain, found[n], match), n) for n in rated]
        near = [(distance, n) for distance, n in near if distance is not None]
        if near:
            yield min(near)[1], rate


def _may_have_rate(figure: Figure, role: Role) -> bool:
    return figure.unit not in TIME_UNITS and role in ("count", "times", "open")


def _distance(plain: str, figure: Figure, mark: re.Match[str]) -> int | None:
    between = plain[figure.end : mark.start()] if figure.start < mark.start() else plain[mark.end() : figure.start]
    return None if _CLAUSE_END.search(between) else len(_WORD.findall(between))


def _measure(plain: str, found: Sequence[Figure], place: int) -> str:
    figure = found[place]
    if figure.unit or figure.form not in ("number", "article"):
        return ""
    if _is_low_end(found, place):
        figure = found[place + 1]
    match = _MEASURE.match(plain, figure.end)
    return list(_MEASURES)[int(str(match.lastgroup)[1:])] if match else ""


def _thing(plain: str, found: Sequence[Figure], roles: Sequence[Role], place: int) -> list[str]:
    """Return the words for what a figure is of: behind a count; before or behind a sum, a share, a year."""
    if found[place].unit in TIME_UNITS or roles[place] in ("ordinal", "article", "label", "day", "times"):
        return []
    if roles[place] == "year" or found[place].unit:
        return _theme(plain, found, roles, place)
    if place and re.match(r" of (?:them|these|those|which)\b", plain[found[place].end :][:_NEAR]):
        place -= 1
    elif _is_low_end(found, place):
        place += 1
    return _phrase(plain, found[place].end, _next_start(plain, found, place))


def _is_low_end(found: Sequence[Figure], place: int) -> bool:
    ends = found[place].ends
    return ends is not None and place + 1 < len(found) and found[place + 1].ends == ends


def _verb(plain: str, figure: Figure) -> str:
    match = re.search(r"([^\W\d_]+) (?:a |an |the )?$", _before(plain, figure.start))
    return stem(match[1]) if match and match[1] not in _PHRASE_ENDS | _PASSED_OVER else ""


def _change(plain: str, found: Sequence[Figure], place: int) -> str:
    before = _CLAUSE_END.split(_before(plain, found[place].start))[-1]
    if re.search(r"(?<!\w)(?:up|down) from (?:us)?[$€£]?$", before):
        return "from"
    match = re.search(r"(?<!\w)(from|to) (?:us)?[$€£]?$", before)
    return match[1] if match and CHANGE.search(before) else ""


def _shared_by(plain: str, found: Sequence[Figure], place: int) -> Key | None:
    if place and not found[place].unit:
        between = plain[found[place - 1].end : found[place].start]
        if re.fullmatch(r"(?:%| percent)? of (?:(?:the|its|their|all|those|these) )?", between):
            return found[place - 1].key
    return None


def _theme(plain: str, found: Sequence[Figure], roles: Sequence[Role], place: int) -> list[str]:
    """Return what a sum, share or year is of: the words behind "for" or "of", or else those before the figure."""
    figure = found[place]
    alike = [each for n, each in enumerate(found) if (each.unit, roles[n]) == (figure.unit, roles[place])]
    at = alike.index(figure)
    first = alike[at - 1].end if at else 0
    last = alike[at + 1].start if at + 1 < len(alike) else len(plain)
    before, behind = _CLAUSE_END.split(plain[first : figure.start])[-1], _CLAUSE_END.split(plain[figure.end : last])[0]
    if figure.unit and (purpose := _purpose(behind)):
        return list(_naming(purpose))
    if at and figure.unit and (purpose := _purpose(before)):
        before = before[before.index(purpose) + len(purpose) :]  # that is what the sum before is for
    return list(_naming(before)) or list(_naming(behind))


def _purpose(behind: str) -> str:
    """Return the words that say what a sum is for, of those behind it: "the outpost" of "for the outpost, and"."""
    match = re.match(r"(?: ?[^\s,]+){0,2}? (?:for|in|on|to|of) (.+?)(?=,| and |$)", behind)
    return match[1] if match else ""


def _naming(text: str) -> Iterator[str]:
    for word in (each.removesuffix("'s") for each in _WORD.findall(text)):
        if word not in _AMOUNT_WORDS and stem(word) not in _AMOUNT_WORDS and not word[0].isdigit():
            yield word
