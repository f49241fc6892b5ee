"""Compare a statement with its quotes for negations that only one of them has, and for words of opposite meaning."""

import re
from collections.abc import Iterator, Mapping, Sequence

from tajsec.text.forms import fold
from tajsec.text.words import STOP_WORDS, stem, tokens

_IDIOMS = re.compile(
    r"(?<!\w)(?:not only|no later than|not later than|no more than|not more than|no less than|not less than"
    r"|no fewer than|not fewer than|not over|no doubt|not least|whether or not|no\.(?= ?\d)|not[- ]for[- ]profit)(?!\w)"
)
"""Phrases with "no" or "not" that are no negation: bounds, "not only", the No. before a number."""

_NEGATION = re.compile(
    r"(?<!\w)(?:not|no|never|neither|nor|none|nobody|nothing|without|cannot|hardly|no longer|\w+n't"
    r"|den(?:y|ies|ied|ying)|refus\w*|reject\w*|fail(?:s|ed|ing)? to|ruled out)(?!\w)"
)
"""Words that negate the clause they are in."""

_NEARLY_NEGATION = re.compile(
    r"(?<!\w)(?:lack\w*|stop\w*|ceas\w*|ends|ended|exclud\w*|absen\w*|fail\w*|miss(?:ed|es|ing)|instead of|"
    r"rather than|other than|yet to|still to|unable|unwilling)(?!\w)"
)
"""Words that can express a negation of the other text ("ceased" for "no longer"), but are not read as one alone."""

_INSERTED = re.compile(r"\b(not|never), according to [^,]*,")
"""A parenthesis between a negation and the words that it negates; it is removed, so that both are in one clause."""

_CLAUSES = re.compile(r"[,;:!?()—–“”\"]\s|(?<=\w\w)\.\s|[;:!?()—–“”\"]| but | while | whereas ")

_OPPOSITE_WORDS: Sequence[Mapping[str, str]] = (
    {"north": r"north\w*", "south": r"south\w*", "east": r"east\w*", "west": r"west\w*"},
    {
        "rise": r"rose|risen|rises?|rising|grew|grown|grow\w*|increas\w*|climbed|doubled|tripled|higher",
        "fall": r"fell|fallen|falls|falling|decreas\w*|declin\w*|dropp\w*|shrank|halved|reduc\w*|lower",
    },
    {"import": r"import(?:s|ed|ing)?", "export": r"export(?:s|ed|ing)?"},
    {"majority": "majority", "minority": "minority"},
    {"minimum": "minimum", "maximum": "maximum"},
    {"open": r"open(?:s|ed|ing)?", "close": r"clos(?:e|es|ed|ing|ure)"},
    {"men": "men|male|males|boys", "women": "women|female|females|girls"},
    {"buy": r"buy\w*|bought|purchas\w*", "sell": r"sell\w*|sold"},
    {"win": "win|wins|won", "lose": "lose|loses|lost"},
    {"largest": "largest|biggest|highest|longest|greatest", "smallest": "smallest|lowest|shortest|least|fewest"},
    {"better": r"improv\w*|strengthen\w*", "worse": r"worsen\w*|weaken\w*|deteriorat\w*"},
    {
        "year": "annual|annually|yearly|every year|each year",
        "month": "monthly|every month|each month",
        "week": "weekly|every week|each week",
        "day": "daily|every day|each day",
    },
    {
        "past": r"(?:last|previous|past) (?:year|month|week|quarter|decade)",
        "future": r"(?:next|coming|following) (?:year|month|week|quarter|decade)",
    },
)
"""Groups of words that exclude each other, each with its pattern: a quote with "south" does not prove "north"."""

_OPPOSITES = [
    re.compile("(?<!\\w)(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in kinds.items()) + r")(?!\w)")
    for kinds in _OPPOSITE_WORDS
]


def lost_negations(statement: str, quotes: Sequence[str]) -> Iterator[str]:
    """Yield the negated clauses of the quotes whose words the statement uses without a negation."""
    for quote in quotes:
        for clause in _denied(quote, _NEGATION):
            if _names(clause) & _names(statement) and not is_denied(clause, [statement]):
                yield clause


def added_negations(statement: str, quotes: Sequence[str]) -> Iterator[str]:
    """Yield the negated clauses of the statement whose words the quotes use without a negation."""
    for clause in _denied(statement, _NEGATION):
        if _names(clause) & _names(" ".join(quotes)) and not is_denied(clause, quotes):
            yield clause


def opposites(statement: str, quotes: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of a word of the statement and a word of the quotes that exclude each other.

    Nothing is yielded for a group of `_OPPOSITE_WORDS` of which statement and quotes have a word in common.
    """
    ours, quoted = fold(statement), fold(" ".join(quotes))
    for pattern in _OPPOSITES:
        mine, theirs = _kinds(pattern, ours), _kinds(pattern, quoted)
        if mine and theirs and not mine.keys() & theirs.keys():
            yield next(iter(mine.values())), next(iter(theirs.values()))


def _kinds(pattern: re.Pattern[str], text: str) -> dict[str, str]:
    """Return the keys of a group of `_OPPOSITE_WORDS` that a text has words for, each with the word."""
    return {str(match.lastgroup): match[0] for match in pattern.finditer(text)}


def is_denied(clause: str, texts: Sequence[str]) -> bool:
    """True if a negated clause of the texts has a word in common with `clause`."""
    return any(
        _names(clause) & _names(other)
        for text in texts
        for pattern in (_NEGATION, _NEARLY_NEGATION)
        for other in _denied(text, pattern)
    )


def _denied(text: str, pattern: re.Pattern[str]) -> list[str]:
    """Return the clauses of a text that match a pattern of negations."""
    clauses = _CLAUSES.split(_INSERTED.sub(r"\1", _IDIOMS.sub(" ", fold(text))))
    return [clause.strip() for clause in clauses if clause and pattern.search(clause)]


def _names(text: str) -> set[str]:
    """Return the stems and numbers of a text, without stop words and negations."""
    return {stem(word) for word in tokens(_NEGATION.sub(" ", fold(text))) if word not in STOP_WORDS}
