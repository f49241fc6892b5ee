"""What a sentence claims: its figures and dates, each with its place, and the names and words around them."""

import functools
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from tajsec.check.aspects import FigureInContext, figures_in_context
from tajsec.model.mentions import Mention, Names
from tajsec.search.typed_dates import TypedDate, find_dates
from tajsec.text.dates import LAST_DAY, Day
from tajsec.text.english import is_english, is_name
from tajsec.text.figures import TIME_UNITS, plain_text
from tajsec.text.forms import fold, with_ascii_signs
from tajsec.text.words import LIGHT_WORDS, STOP_WORDS, stem, tokens

Bound = Literal["in", "since", "after", "until", "by"]
"""How a date bounds what is said: "by" for "before" too, "after" for "following"."""

_PAIR = re.compile(r"(?<!\w)(\d{4}) and (\d{4})(?!\w)")

_CLAUSE_END = re.compile(r"[,;:.!?()](?=\s|$)")

_CLAUSES = re.compile(r"[,;:()–—](?=\s|$)|\s[-–—](?=\s)")
"""What parts the clauses of a sentence."""

_SIDES = re.compile(r"[;:](?=\s)|[–—](?=\s)|,(?= (?:and|but|while|whereas|although|though|yet|where|when)\s)")
"""What parts the sides of a sentence, each of which may be about somebody else."""

_RELATIVE = re.compile(
    r"(?<![^,;:.!?()])(?P<antecedent>[^,;:.!?()]+), (?:which|who|whose|where|whom)(?= )"
    r"(?:[^,;:!?()]|,(?=\d)){0,400}(?=,|$)"
)
"""A relative clause set apart, behind what it is about: "Russia, which has 7,000 soldiers at its base"."""

_CONTRAST = re.compile(
    r"(?:^|, )(?:but |and )?(?:unlike|in contrast (?:to|with)|as opposed to|differently from) [^,;:.()]{1,99}"
    r"(?:,|(?=\.?$))",
    re.IGNORECASE,
)
"""Those of whom the opposite is said: "Unlike Russia, the United States has no base"."""

_NOUNS = 8
"""Words behind a figure among which is what it counts: "4,862 short- and long-range radios", with room for more."""

_NOT_UNTIL = re.compile(r"(?<!\w)(?:not|only) $")
"""Before "until" or "by" this makes a date the time itself: "not until 2004"."""

_SMALL = 10
"""Up to this a number behind "the" or the like is mostly no claim, as in "the two governments"."""

_VERB_WITH_OVER = re.compile(
    r"(?<!\w)(?:hand|turn|pass|sign|giv|t[ao]k|carr|bring|hold|gave|brought)\w* over (?:the )?(?:us)?[$€£]?$"
)

_OF_AN_EVENT = re.compile(
    r"(?<!\w)(?:since|after|before|following|until|till|ahead of|prior to) (?:[^\W\d]\S* ){1,5}(?:in |of |on )?$",
    re.IGNORECASE,
)
"""What stands before the date of another event, by which the time is told: "since independence in 1991"."""

_YEARS = {"decade": 10, "century": 100, "centurie": 100}

_LONG_TIME = re.compile(r"[ -](decade|century|centurie)s?(?!\w)")

_LABELLED = re.compile(r"[^\W\d_]-$")
"""What stands before a number that is part of a name: "S-300", "Ababil-2"."""

_DEFINITE = re.compile(r"(?<!\w)(?:the|these|those|its|their|both|our|all) $")

_INCLUSIVE = re.compile(
    r"(?<!\w)(?:at (?:least|most)|(?:no|not) (?:less|fewer|more) than|an? (?:minimum|maximum) of) (?:us)?[$€£]?$"
)

_COARSE = re.compile(r"(?<!\w)(?:an?|half a|two|three) dozen(?!\w)| of |(?<!\w)half an? (?!dozen)")
"""What makes a number round that has more digits than it says."""

_NAMES_A_TIME = frozenset(
    "year years yearly month months january february march april june july august september october november december"
    " monday tuesday wednesday thursday friday saturday sunday autumn winter spring summer".split()
)

_PROPER = re.compile(r"(?<![\w'’.-])(?:[A-Z]{2,}[a-z]?|[A-Z][^\W\d_]+)(?![\w-])")

_SUBJECT = re.compile(
    r"(?:(?P<owner>[A-Z][^\W\d_]+)['’]s |(?P<subject>[A-Z][^\W\d_]*[^\W\d_s]) (?:\w{2,20}ed|has|had|is|was|will|spent"
    r"|built|gave|paid|sent|put|made|bought|sold|took|lent|brought|got|began) )"
)
"""A first word that is followed as names are, and is no plural."""

_AGENT = re.compile(r"(?<!\w)(?:by|from) (?:the )?([A-Z][^\W\d_]+)(?![\w-])")
"""One who did what a passive says, or gave it: "built by China"."""

_LONG_NAME = re.compile(
    r"(?<![\w'’.-])(?!(?:The|An?|In|On|At|By|From) )[A-Z][^\W\d_]+"
    r"(?: (?:of (?:the )?)?(?!The )[A-Z][^\W\d_]+){1,5}(?![\w-])"
)
"""Words with capitals one behind the other, as in "World Bank"."""

_REPORTED = re.compile(
    r"[A-Z/]{0,10} (?:has |had |also |later )?(?:report|said|say|wrote|writ|noted|notes|quot|announc|estimat|told|tell)"
)

_REPORTING = frozenset(map(stem, "according reported reports wrote writes noted notes quoted announced told".split()))
"""The stems of words for saying something, which is not what is said."""

_ACCORDING = re.compile(
    r"(?<!\w)(?:according to|in the words of|told|as quoted by) (?:the )?(?:[A-Z]\w*[ /]){0,3}$", re.IGNORECASE
)

_NO_NAMES = frozenset(
    "today yesterday tomorrow everyone everybody nobody somebody anyone it that what who he she there here let".split()
)
"""Words that begin a sentence with "'s" and are no names."""


class FigureClaim(NamedTuple):
    """A figure that a sentence claims, from `start` to `end` in the sentence, with the words around it."""

    start: int
    end: int
    context: FigureInContext
    nouns: Sequence[str] = ()
    """The words behind the figure, up to the next figure or the end of the clause: what it may count is among them."""
    is_inclusive: bool = False
    """True with "at least" and the like, which include the number itself."""
    is_coarse: bool = False
    """True for a dozen, or a part of a million or the like: "half a million", "a third of a billion"."""
    is_definite: bool = False
    """True for a number that need not claim anything: a small one behind "the", an ordinal, one without a noun."""
    is_small: bool = False
    """True for a small number behind "the" or the like, which mostly counts who acts: "the two militaries"."""

    @property
    def is_count(self) -> bool:
        """True for a number, and no ordinal, of what is named behind it, be it only "people"."""
        return bool(self.context.words) and self.context.figure.form != "ordinal" and not self.is_small

    @property
    def is_part(self) -> bool:
        """True for a number of some of those who are counted before it: "three of them"."""
        return self.nouns[:2] in (["of", "them"], ["of", "whom"], ["of", "which"], ["of", "these"], ["of", "those"])


class DateClaim(NamedTuple):
    """A date that a sentence claims, from `start` to `end` in the sentence."""

    start: int
    end: int
    spans: Sequence[tuple[Day, Day]]
    """The first and last day, in each reading of the date; an open end is that of `text.dates`."""
    bound: Bound
    is_all: bool = False
    """True if every reading must fit, as for "2011 or 2012"."""
    is_of_event: bool = False
    """True for the date of another event, by which the time is told: "since independence in 1991"."""

    @property
    def is_long(self) -> bool:
        """True for a time from a year to another."""
        return any(first[0] != last[0] for first, last in self.spans)


class Claims:
    """The claims of one sentence."""

    def __init__(self, text: str, names: Names) -> None:
        """Read a sentence; `names` are those of the vocabulary."""
        self.text = text
        self._names = names

    @cached_property
    def mentions(self) -> list[Mention]:
        """The names of actors, people and places in the sentence."""
        return self._names.mentions(self.text)

    @cached_property
    def dates(self) -> list[DateClaim]:
        """The dates with a year, in order."""
        places = _folded_places(self.text)
        return [
            each._replace(start=places[each.start], end=places[each.end - 1] + 1)
            for each in date_claims(with_ascii_signs(fold(self.text)))
        ]

    @cached_property
    def figures(self) -> list[FigureClaim]:
        """The counts, sums and shares, in order: no dates, articles, labels, nor numbers in names ("the 201st")."""
        places = _folded_places(self.text)
        plain = plain_text(self.text)
        taken = [*((each.start, each.end) for each in self.dates), *((each.start, each.end) for each in self.mentions)]
        read = (_in_years(plain, _without_particle(plain, each)) for each in figures_in_context(self.text))
        contexts = _with_shares(list(read), plain)
        found = [
            _figure_claim(plain, each)._replace(start=places[each.figure.start], end=places[each.figure.end - 1] + 1)
            for each in contexts
            if _is_amount(each)
        ]
        free = [
            each
            for each in found
            if not any(each.start < end and each.end > start for start, end in taken)
            if not _LABELLED.search(self.text, max(0, each.start - 2), each.start)
        ]
        nexts = [*(each.start for each in free[1:]), len(self.text)]
        return [each._replace(nouns=self._nouns(each.end, end)) for each, end in zip(free, nexts, strict=False)]

    def _nouns(self, start: int, end: int) -> list[str]:
        """Return the words of the clause behind a figure, at most `_NOUNS`."""
        return tokens(_CLAUSE_END.split(self.text[start:end])[0])[:_NOUNS]

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the words that say what the sentence is about: no stop words, numbers, months."""
        return content_stems(self.text)

    @cached_property
    def other_stems(self) -> frozenset[str]:
        """The stems of the words that are in no name or figure of the sentence, nor name who reports it."""
        taken = [
            *((each.start, each.end) for each in self.mentions),
            *((each.start, each.end) for each in self.figures),
            *(each.span() for each in _PROPER.finditer(self.text) if self._is_reporter(each)),
        ]
        return self.stems - {stem for start, end in taken for stem in content_stems(self.text[start:end])} - _REPORTING

    @cached_property
    def clauses(self) -> "list[tuple[int, Claims]]":
        """The clauses of a sentence that has several, and what is set apart in them, each with its place."""
        return self._parts(_CLAUSES)

    @cached_property
    def sides(self) -> "list[tuple[int, Claims]]":
        """The sides of a sentence that are joined by "and", "but" or the like behind a comma, each with its place."""
        return self._parts(_SIDES)

    def side_at(self, place: int) -> "Claims":
        """Return the side that has a place of the sentence; the sentence itself, if it has only one."""
        return next((each for start, each in reversed(self.sides) if start <= place), self)

    @cached_property
    def relatives(self) -> "list[tuple[range, Claims]]":
        """The relative clauses that are set apart, each with its places, and with what it is about."""
        found = _RELATIVE.finditer(self.text)
        return [(range(each.end("antecedent"), each.end()), self.part(*each.span())) for each in found]

    def relative_at(self, place: int) -> "Claims | None":
        """Return the relative clause that has a place of the sentence, with what it is about; None if none does."""
        return next((each for places, each in self.relatives if place in places), None)

    @cached_property
    def without_figures(self) -> str:
        """The sentence without its figures, which may be written as words: "two and a half million"."""
        ends = [0, *(each.end for each in self.figures)]
        starts = [*(each.start for each in self.figures), len(self.text)]
        return " ".join(self.text[end:start] for end, start in zip(ends, starts, strict=True))

    @cached_property
    def without_contrast(self) -> "Claims":
        """The claims without relative clauses that are set apart, nor those of whom the opposite is said."""
        return self.said(lambda text: _CONTRAST.sub(" ", _RELATIVE.sub(r"\g<antecedent>", text)))

    def _parts(self, between: re.Pattern[str]) -> "list[tuple[int, Claims]]":
        ends = [each.start() for each in between.finditer(self.text)]
        bounds = [0, *(end + 1 for end in ends), len(self.text)]
        return [(start, self.part(start, end)) for start, end in itertools.pairwise(bounds)] if ends else []

    def part(self, start: int, end: int) -> "Claims":
        """Return the claims of a part of the sentence."""
        return Claims(self.text[start:end], self._names)

    def said(self, change: Callable[[str], str]) -> "Claims":
        """Return the claims of the sentence in other words."""
        return Claims(change(self.text), self._names)

    @cached_property
    def unknown_names(self) -> list[str]:
        """The names that the vocabulary does not have: acronyms, names of the list of English, and no English words.

        The first word is one also as the owner or the subject of what follows: "Iran's minister", "Japan paid"; and
        English words are a name together: "World Bank".
        """
        single = [
            match
            for match in self._unmentioned(_PROPER)
            if fold(match[0]) not in _NAMES_A_TIME and fold(match[0]) not in STOP_WORDS
            if _is_name(match[0], is_first=match.start() < 2)
        ]
        long = [match for match in self._unmentioned(_LONG_NAME) if len(_said_words(match[0])) > 1]
        return [" ".join(_said_words(match[0])) for match in [*single, *long] if not self._is_reporter(match)]

    def _unmentioned(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Yield the matches of a pattern that have no part in common with a name of the vocabulary."""
        for match in pattern.finditer(self.text):
            if not any(match.start() < each.end and match.end() > each.start for each in self.mentions):
                yield match

    def _is_reporter(self, match: re.Match[str]) -> bool:
        """True for a name of somebody who is said to report the rest: "RFE/RL reported", "according to the OSCE"."""
        before = self.text[max(0, match.start() - 40) : match.start()]
        return bool(_REPORTED.match(self.text, match.end()) or _ACCORDING.search(before))

    @cached_property
    def agents(self) -> list[str]:
        """Words that may be names although the list of English has them: "China built", "built by China"."""
        subject = _SUBJECT.match(self.text)
        first = [subject["owner"] or subject["subject"]] if subject and not self._is_mentioned(0) else []
        others = [match[1] for match in _AGENT.finditer(self.text) if not self._is_mentioned(match.start(1))]
        return [word for word in [*first, *others] if fold(word) not in {*_NO_NAMES, *_NAMES_A_TIME, *STOP_WORDS}]

    def _is_mentioned(self, place: int) -> bool:
        return any(each.start <= place + 1 and place < each.end for each in self.mentions)


@functools.lru_cache(maxsize=65536)  # each name of a draft is in many of its sentences
def _is_name(word: str, *, is_first: bool) -> bool:
    plain = fold(word)
    return (word.isupper() and len(word) > 1) or is_name(plain) or not (is_first or is_english(plain))


def _said_words(name: str) -> list[str]:
    return [word for word in name.split() if fold(word) not in STOP_WORDS]


def content_stems(text: str) -> frozenset[str]:
    """Return the stems of the words that say what a text is about: no stop words, light words, numbers, months."""
    return frozenset(
        stem(word)
        for word in tokens(text)
        if word not in STOP_WORDS and word not in LIGHT_WORDS and word not in _NAMES_A_TIME and not word[0].isdigit()
    )


def date_claims(plain: str) -> Iterator[DateClaim]:
    """Yield the dates with a year in a folded text."""
    for each in _separate(find_dates(plain), plain):
        if each.month:
            continue
        spans, bound = [(one.first, one.last) for one in each.readings], _bound(each)
        start = each.start + (3 if each.text.startswith("of ") else 0)
        before = plain[max(0, start - 80) : start]
        if bound in ("until", "by") and _NOT_UNTIL.search(before):
            spans, bound = [(_first_of(last), last) for _, last in spans], "in"
        yield DateClaim(
            start, each.end, spans, bound, is_all=" or " in each.text, is_of_event=bool(_OF_AN_EVENT.search(before))
        )


def _bound(date: TypedDate) -> Bound:
    if not date.open:
        return "in"
    word = date.text.partition(" ")[0]
    if date.last == LAST_DAY:
        return "after" if word in ("after", "post", "following", "later", "past") else "since"
    return "until" if word in ("until", "till", "through", "to", "up", "thru") else "by"


def _first_of(day: Day) -> Day:
    """Return the first day of the year, month or day that ends on a day."""
    year, month, number = day
    return (year, 1, 1) if (month, number) == (12, 31) else (year, month, 1)


def _separate(found: Sequence[TypedDate], plain: str) -> Iterator[TypedDate]:
    """Yield dates; two years with "and" between them are two dates, if no "between" is before them."""
    for each in found:
        pair = _PAIR.fullmatch(each.text.removeprefix("of "))
        if not pair or plain[: each.start].rstrip().endswith("between"):
            yield each
            continue
        first = each.end - len(pair[0])
        for number in (1, 2):
            year = int(pair[number])
            start, end = first + pair.start(number), first + pair.end(number)
            yield TypedDate(pair[number], start, end, (year, 1, 1), (year, 12, 31), year=year)


def _is_amount(context: FigureInContext) -> bool:
    """True for a figure that may be one of a fact's; an article is one only with a measure ("nearly a year")."""
    figure = context.figure
    if figure.unit in TIME_UNITS or context.role in ("year", "day", "label"):
        return False
    return figure.is_claim or bool(context.measure and figure.qualifier != "exact")


def _without_particle(plain: str, context: FigureInContext) -> FigureInContext:
    """Return a figure without the "over" of a verb: "handed over 21 machines"."""
    before = plain[max(0, context.figure.start - 40) : context.figure.start]
    if context.figure.qualifier == "over" and _VERB_WITH_OVER.search(before):
        return context._replace(figure=context.figure._replace(qualifier="exact"))
    return context


def _in_years(plain: str, context: FigureInContext) -> FigureInContext:
    """Return a count of decades or centuries as one of years: "roughly a decade" is about 10 years."""
    match = _LONG_TIME.match(plain, context.figure.end)
    if not match or context.figure.unit:
        return context
    figure = context.figure._replace(value=context.figure.value * _YEARS[match[1]], form="number")
    return context._replace(figure=figure, measure="years")


def _with_shares(contexts: Sequence[FigureInContext], plain: str) -> Iterator[FigureInContext]:
    """Yield figures; a share of a million or the like is one with it: "a third of a billion dollars"."""
    share: FigureInContext | None = None
    for each in contexts:
        if share and plain[share.figure.end : each.figure.start] in (" of ", " of a ") and each.figure.value >= 1000:
            value = round(share.figure.value * each.figure.value / 100, -3)
            figure = share.figure._replace(value=value, unit=each.figure.unit, end=each.figure.end)
            yield each._replace(figure=figure)
            share = None
            continue
        if share:
            yield share
        share = each if each.figure.unit == "%" else None
        if not share:
            yield each
    if share:
        yield share


def _figure_claim(plain: str, context: FigureInContext) -> FigureClaim:
    figure = context.figure
    before = plain[max(0, figure.start - 40) : figure.start]
    is_small = figure.value <= _SMALL and not figure.unit and bool(_DEFINITE.search(before))
    return FigureClaim(
        figure.start,
        figure.end,
        context,
        is_inclusive=bool(_INCLUSIVE.search(before)),
        is_coarse=bool(_COARSE.search(plain, figure.start, figure.end)),
        is_small=is_small,
        is_definite=is_small or _is_bare(context) or figure.form == "ordinal",
    )


def _is_bare(context: FigureInContext) -> bool:
    """True for a number that counts nothing that is named behind it: "he turned 60 on that day"."""
    return not (context.figure.unit or context.measure or content_stems(" ".join(context.words)))


def _folded_places(text: str) -> Sequence[int]:
    """Return for each character of the folded text the position of the one that it is made of."""
    if text.isascii():
        return range(len(text))
    return [place for place, char in enumerate(text) for _ in plain_text(char)]
