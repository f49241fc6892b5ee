"""What Hypothesis makes for the tests: texts, dates, TOML, facts, queries.

`conftest.py` has the profiles: `steady` in the suite, `--hypothesis-profile thorough` to search for what is not known.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from tajsec.model.kinds import DIFFERENCES, PERIODS, QUALIFIERS, RANKS, RELATION_KINDS, STATUSES
from tajsec.text.dates import Edtf, Moment
from tajsec.text.forms import refused


def examples(count: int) -> settings:
    """Return settings for a costly test: as many examples in the suite, thirty times as many in a thorough run."""
    return settings(max_examples=count if settings.default.derandomize else 30 * count)


# ---------------------------------------------------------------- texts

MARKUP = "ab1 *_~`<>[](){}\\|&;#:!$^@-+./'\"\u2019é"
"""Letters, and the signs that begin or end something in one of the formats."""

markup = st.text(st.sampled_from(MARKUP), max_size=30).map(lambda text: " ".join(text.split())).filter(bool)
"""A line of such signs."""

_ODD = "=+-@,;\"'<>&|{}[]\\%$#*_`\u00ad\u200b\u2060\ufeff\u0301\u00a0éßИҳқمی٣三👩\u200d"
"""Signs of every format, invisible characters that the reader takes, and letters of many scripts."""

_letters = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")) | st.sampled_from(_ODD)


def _is_text(text: str) -> bool:
    return bool(text.strip()) and refused(text) is None


def texts(most: int = 40) -> st.SearchStrategy[str]:
    """Return texts that a key of a record may hold, in the form in which the reader keeps them."""
    made = st.text(_letters, min_size=1, max_size=most).map(lambda text: unicodedata.normalize("NFC", text))
    return made.filter(_is_text)


words = st.text(st.characters(categories=("Ll", "Nd")), min_size=1, max_size=12)
"""Words of small letters and digits."""

sentence_words = st.lists(
    st.sampled_from("the radios 4,862 over $330 million 4.5 -7 delivered (27) border guards in 2012 9% Kulob".split()),
    min_size=6,
    max_size=14,
)
"""The words of a sentence with figures."""

# ---------------------------------------------------------------- dates

days = st.dates().map(lambda day: Moment(year=day.year, month=day.month, day=day.day))


@st.composite
def _less_exact(draw: st.DrawFn) -> Moment:
    day, parts = draw(days), draw(st.integers(1, 3))
    return Moment(day.year, day.month if parts > 1 else None, day.day if parts > 2 else None)


plain_moments = _less_exact()
"""A day, a month or a year from 1 to 9999."""

moments = st.builds(
    lambda moment, approximate, uncertain: moment._replace(approximate=approximate, uncertain=uncertain),
    plain_moments,
    st.booleans(),
    st.booleans(),
)


@st.composite
def edtf(draw: st.DrawFn, *, sets: bool = True) -> Edtf:
    """Return a date of any form; sets of dates only if they are wanted."""
    start, end = sorted((draw(moments), draw(moments)), key=lambda moment: (moment.first, moment.last))
    forms = [
        Edtf(start=start, end=start),
        Edtf(start=start, end=end, is_span=True),
        Edtf(start=start, end=None, is_span=True),
        Edtf(start=None, end=end, is_span=True),
    ]
    if sets and start.last < end.first:
        forms.append(Edtf(start=start, end=end, is_span=True, members=(start, end)))
    return draw(st.sampled_from(forms))


almost_dates = st.text(st.sampled_from("0123456789-/.,~?%{} "), max_size=24)
"""Texts of the signs of EDTF."""

date_phrases = st.lists(
    st.sampled_from(
        "2012 '90s 05 31 10 2012-10-05 5.x.2012 may октябрь 1990-х сол بهار early end of the nineties xx century век "
        "since before until to till - – / and or q3 h2 winter 12/13 fy w40 mid- circa ~ from 29 feb 2011 th st".split()
    ),
    min_size=1,
    max_size=7,
).map(" ".join)
"""Words of dates in any order."""

# ---------------------------------------------------------------- TOML

_strings = st.sampled_from(['"a"', "'b'", '"""c\nd"""', "'''e'''", '""', '"\\u00e9\\t"', '"\\U0001F600"']) | texts(
    8
).map(lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"')
_scalars = (
    _strings
    | st.sampled_from("true false inf -inf nan 1e400 -0.0 0xDEAD_BEEF 0o17 0b1 1_000 9007199254740993 +99".split())
    | st.sampled_from("0001-01-01 9999-12-31T23:59:59.999999Z 1979-05-27T07:32:00-07:00 07:32:00 1979-05-27".split())
    | st.integers(-(2**64), 2**64).map(str)
    | st.floats().map(repr)
    | st.integers(640, 6000).map(lambda digits: "9" * digits)
)
_toml_keys = st.lists(
    st.sampled_from(("a", "b", "fact", "id", "1", "-", '""', "'c d'", '"é"', '"\\u202e"', "cites", "value")),
    min_size=1,
    max_size=3,
).map(".".join)
_values = st.recursive(
    _scalars,
    lambda each: (
        st.lists(each, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(_toml_keys, each, max_size=3).map(
            lambda keys: f"{{ {', '.join(f'{key} = {value}' for key, value in keys.items())} }}"
        )
    ),
    max_leaves=6,
)
_lines = (
    st.builds("{} = {}".format, _toml_keys, _values)
    | _toml_keys.map("[{}]".format)
    | _toml_keys.map("[[{}]]".format)
    | st.sampled_from(("[[fact]]", "[fact.cites]", "# a comment", "", "\t"))
)
toml = st.builds(
    lambda lines, end: end.join(lines), st.lists(_lines, max_size=8), st.sampled_from(("\n", "\r\n", "\n\n"))
)
"""Texts with the grammar of TOML in every line; most are TOML, some have a key twice."""

# ---------------------------------------------------------------- facts

SMALL_NAMES = {
    "actors": ("northern-union", "border-observatory"), "topics": ("gear",), "places": ("border-town",),
    "people": ("the-envoy",),
}  # fmt: skip
"""What facts of the store in `tests/hostile/small` may name; its unit is `radios`, and its source `paper`."""

_quotes = st.lists(texts(12).map(lambda text: "".join(text.split())).filter(bool), min_size=2, max_size=12).map(
    lambda parts: " ".join(parts).ljust(12, ".")
)
_numbers = st.integers(-(2**53), 2**53) | st.floats(-(2**53), 2**53).map(lambda value: value or 0.0)
_quantities = st.fixed_dictionaries({
    "value": _numbers, "unit": st.just("radios"), "qualifier": st.sampled_from(QUALIFIERS), "of": texts(),
    "period": st.sampled_from(PERIODS),
})  # fmt: skip
_cites = st.fixed_dictionaries({"source": st.just("paper"), "passage": st.just(2), "quote": _quotes})
_INFERABLE = ("when", "as_of", "quantities", "statement", "actors", "places", "people", "status")


def _names(key: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(SMALL_NAMES[key]), min_size=1, max_size=2, unique=True)


fact_keys = st.fixed_dictionaries(
    {
        "statement": texts(80), "actors": _names("actors"), "topics": _names("topics"),
        "status": st.sampled_from(STATUSES), "cites": st.lists(_cites, min_size=1, max_size=3),
        "when": edtf().map(str),
    },
    optional={
        "rank": st.sampled_from(RANKS), "as_of": edtf(sets=False).map(str), "places": _names("places"),
        "people": _names("people"), "quantities": st.lists(_quantities, min_size=1, max_size=3),
        "aliases": st.lists(texts(), min_size=1, max_size=3),
        "inferred": st.dictionaries(st.sampled_from(_INFERABLE), texts(), min_size=1, max_size=2),
        "derived": st.dictionaries(texts(8), texts(), min_size=1, max_size=2),
        "notes": texts(), "withdrawn": texts(), "draft": texts(),
    },
)  # fmt: skip
"""The keys of a fact that the reader takes, without an id and relations."""


@st.composite
def facts(draw: st.DrawFn, most: int = 3) -> list[dict[str, Any]]:
    """Return the keys of facts that the reader takes together, each with an id, and some with relations to others."""
    made: list[dict[str, Any]] = [
        {"id": f"fact-{n}", **keys} for n, keys in enumerate(draw(st.lists(fact_keys, min_size=1, max_size=most)))
    ]
    for fact in made:
        others = [each["id"] for each in made if each is not fact]
        if others and draw(st.booleans()):
            fact["relations"] = [draw(_relation(fact["id"], draw(st.sampled_from(others))))]
    return made


@st.composite
def _relation(draw: st.DrawFn, mine: str, other: str) -> dict[str, str]:
    kind = draw(st.sampled_from(RELATION_KINDS))
    prefer = {"prefer": draw(st.sampled_from((mine, other)))} if kind in DIFFERENCES else {}
    return {"to": other, "kind": kind, "note": draw(texts()), **prefer}


_wrong = st.sampled_from(
    (0, -1, 2**60, 1.5, float("nan"), True, "", " ", "x", [], [[]], {}, {"a": 1}, ["us", 1], "2012-13")
)


@st.composite
def nearly_facts(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Return the keys of facts, of which some values are wrong and some keys are missing, misspelt or of a part."""
    made = draw(facts())
    for _ in range(draw(st.integers(1, 4))):
        table: Any = draw(st.sampled_from(made))
        while isinstance(table, Mapping) and table:
            key = draw(st.sampled_from(sorted(table)))
            value = table[key]
            if isinstance(value, Sequence) and value and isinstance(value[0], Mapping) and draw(st.booleans()):
                table = draw(st.sampled_from(value))
                continue
            how = draw(st.sampled_from(("wrong", "missing", "misspelt")))
            del table[key]
            if how == "wrong":
                table[key] = draw(_wrong)
            elif how == "misspelt":
                table[f"{key}s"] = value
            break
    return made


# ---------------------------------------------------------------- queries

KNOWN_WORDS = (
    *"radios vehicles border guards training center bridge troops base agreement police police drug control".split(),
    *"nuclear detection peacekeeping exercise students airport embassy ambassador delivered built provided".split(),
)
"""Words of the shipped statements."""
_parts = st.sampled_from((
    *KNOWN_WORDS, "NATO", "Russia", "US", "Dushanbe", "Рахмон", "МВД", "دوشنبه", "2012", "since 2001", "october 2012",
    "2015-2019", "7,000", "$40 million", "over 50 million", "60 млн", "6-7 thousand", "radois", "gaurds", "unobtainium",
    "how many", "who", "of the", "radio*", "👩‍👩‍👧", "ﬁre", "e\u0301", "ǅ", "\u200d", "C.I.S.", "AT&T", "don't", "a/b",
))  # fmt: skip
_phrases = st.lists(_parts, min_size=1, max_size=2).map(lambda parts: f'"{" ".join(parts)}"')
_operators = st.sampled_from(("OR", "NOT", "AND", "-", '"', "(", "|"))
plain_queries = st.lists(_parts, min_size=1, max_size=5).map(" ".join)
"""Words, names, dates and numbers, known and unknown ones, without operators."""
queries = st.one_of(
    plain_queries,
    st.lists(st.one_of(_parts, _phrases, _operators), min_size=1, max_size=7).map(" ".join),
    st.text(max_size=80),
)
"""Queries of the grammar with its operators, also in wrong places, and any text."""
