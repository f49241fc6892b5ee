"""Whether a clause denies what a fact says.

A clause denies if a negation of English is in it that is not one of a part, a bound or an earlier time, and that is of
a word of the fact or of a synonym; and if the fact has no negation of the same itself. So a denial in other words is
not found: that a sentence with "not" is right is much more frequent.
"""

import re

from tajsec.check.polarity import is_denied
from tajsec.factcheck.claims import Claims
from tajsec.factcheck.known import KnownFact
from tajsec.text.forms import fold
from tajsec.text.words import stems

_NOT = r"(?:not|never|cannot|\w+n't)"

_GIVES_UP = (
    r"refus\w+|declin(?:e|es|ed|ing) to|reject\w*|den(?:y|ies|ied|ying)|fail(?:s|ed|ing)? to|rul(?:e|es|ed|ing) out"
    r"|turn(?:s|ed)? (?:it |them )?down|decid\w+ against|opt(?:s|ed)? out of|call(?:s|ed)? off|cancel\w*"
    r"|abandon(?:s|ed)? (?:its|the|their|plans)|scrap(?:s|ped)|shelv(?:e|es|ed)"
    r"|f[ae]ll(?:s|en)? through|c[ao]mes? to nothing|withh[eo]ld\w*"
    r"|stop(?:s|ped)? short of|stay(?:s|ed)? (?:away from|out of)|(?:kept|left|shut|locked) (?:\w+ )?out of"
    r"|exclud\w+ from|barred from|banned from|unable to|unwilling to|far from (?=\w+ing)|anything but|left un\w+ed"
)
"""Verbs and the like by which something is not so, or is not done."""

_YET = rf"(?:yet|still) to(?= \w)|not yet|{_NOT} (?:\w+ ){{1,4}}(?:so far|as yet|yet)"
"""Negations for now, which are none of a plan."""

_LIGHT = (
    r"(?:part|role|place|say|share|hand|interest|intention|plan|wish|need|use|sign|trace|attempt|effort|move|step|way"
    r"|such|one)s?"
)
"""Nouns of which "no" negates the verb: "plays no part in" is "is not in"."""

_NO_DENIAL = re.compile(
    rf"(?<!\w)(?:{_NOT} (?:until|before|just|merely|simply|only|even|all|every\w*|always|alone|least|surpris\w+"
    r"|the (?:first|last|only)|long|far|to mention)"
    rf"|{_NOT} (?:\w+ )?(?:much|many|well|fully|entirely|wholly|completely|very|so|too|that|quite|as|often|enough)"
    rf"|(?:{_NOT}|no|nobody|nothing) [^.;,]{{0,99}}?\b"
    r"(?:without|until|before|previously|\w{1,20}(?:er|ore|ess) [^.;,]{0,99}than)"
    rf"|{_NOT} [^.;,]{{0,99}}?\bbut|(?:before|until) [^.;]{{0,99}}?{_NOT}|had yet to"
    rf"|{_NOT} (?:in|on|during|for|since) (?:\w+ )?\d+|(?:is|was|are|were|as) no \w+ (?:that|when|if|to)"
    r"|no (?:later|longer ago|doubt|matter|wonder|secret|surprise|stranger|exception|coincidence)"
    r"|nothing (?:but|less|short)|(?:nobody|no one) (?:but|else|except)|no other|whether or not"
    rf"|(?:{_NOT}|no|nobody|no one|nothing|without) (?:\w+ )?(?:{_GIVES_UP}))(?!\w)"
)
"""Negations of a degree, a part, a bound, or an earlier time, comparisons, and double ones."""

_UNREAL = re.compile(
    r"(?<!\w)(?:if|unless|lest|(?:would|could|might|should)(?: not|n't)? have"
    r"|(?:must|should|may|might)(?: not|n't))(?!\w)"
)
"""What makes a clause one on what would be, or ought to be."""

_SILENT = re.compile(
    rf"(?<!\w)(?:{_NOT}|refus\w+ to|declin\w+ to|fail\w* to) (?:\w+ly )?"
    r"(?:(?:say|said|disclos|specif|reveal|mention|explain|comment|clarif|elaborat|publish|detail|know|discuss)\w*"
    r"|(?:giv|nam|stat)\w* (?:any |a |the |its |their )?(?:reason|detail|figure|date|number|name|source)s?)"
)
"""Words about what somebody leaves unsaid, which is no denial of what is said elsewhere."""

_SAYS_NOTHING = re.compile(
    r"(?<!\w)(?:nothing to (?:say|add)|(?:say|said)s? nothing|(?:no|without) (?:mention|word)s?(?: of| about| on)?"
    r"|(?:silent|mum) (?:about|on))(?!\w)"
)
"""Silence about a matter, which denies only that somebody spoke of it."""

_SPEAKS = re.compile(
    r"(?<!\w)(?:said|not(?:ed|ing)|stressed|acknowledged|thanked|congratulated|urged|voiced|called|expected"
    r"|pointed|praised)(?!\w)"
)

_BY_WHOM = re.compile(r",[^,]{1,99} (?:said|acknowledged|argued|noted|reported|stressed)(?: [^,]*)?\.?$")
"""Who said it, behind what a statement says."""

_NOMINAL = re.compile(
    r"(?<!\w)(?:no|without|neither|nor|none of)\s+"
    r"((?:(?!(?:for|of|in|on|to|at|by|about|from|with|was|were|is|are|has|have|had|the|its|their)\b)"
    r"[^\W_]+[\s-]?){1,4})"
)
"""A negation of the noun behind it."""

_HAS = re.compile(r"(?<!\w)(?:has|have|had|keeps?|kept) (?:\w+ly )?$")
"""What stands before "no base", which is said of nobody in a fact on work at a base."""

_HAS_NOW = re.compile(r"(?<!\w)(?:has|have|keeps?) (?:\w+ly )?$")

_EARLIER = re.compile(r"(?<!\w)had(?!\w)")

_VERBAL = re.compile(
    rf"(?<!\w)(?:{_NOT}|nobody|nothing|nowhere|hardly|scarcely|by no means|in no way|no longer|no more|no {_LIGHT}"
    rf"|{_GIVES_UP}|{_YET})"
    r"(?!\w)(?P<scope>(?:(?![,;:()]| but | by )[\s\S])*)"
)
"""A negation of what the clause says, and the words behind it."""

_FOR_NOW = re.compile(rf"(?<!\w)(?:{_YET})(?!\w)")

_NO_LONGER = re.compile(r"(?<!\w)no (?:longer|more)(?!\w)")
"""What ended was so, as a fact on the past says."""

_NOT_THEN = re.compile(r"(?<!\w)(?:not|never) (?:in|on|during|for|since) (?:\w+ )?$", re.IGNORECASE)

_LIGHT_WORDS = frozenset(
    stems(
        "be been being have had do does done get got give gave given take took taken make made go gone come came see"
        " receive put keep set let bring find become remain ever any actually really at all even true case matter"
        " conclude reach undertake conduct carry hold held happen country"
    )
)
"""The stems of verbs that say little without their object, of words of emphasis, and of one for a name."""


def affirmed(clause: str) -> str:
    """Return a clause without its negation: what it denies."""
    return _VERBAL.sub(r" \g<scope>", _SAYS_NOTHING.sub(" ", clause))


def negates(text: str) -> bool:
    """True if a text has a negation of a verb."""
    return bool(_VERBAL.search(fold(text)))


def negates_plainly(text: str) -> bool:
    """True if a text has a negation that is not one of a bound or the like: not "not until 2002"."""
    plain = _NO_DENIAL.sub(" ", fold(text))
    return bool(_VERBAL.search(plain) or _NOMINAL.search(plain))


def may_be_earlier(relative: str) -> bool:
    """True for a relative clause in the past perfect, which says what was so before: "which nobody had repaired"."""
    return bool(_EARLIER.search(relative))


def negates_at(text: str, place: int) -> bool:
    """True if it is what stands at a place, as a date, that a text negates: "but not in 2018"."""
    return bool(_NOT_THEN.search(text[max(0, place - 40) : place]))


def denies(clause: Claims, known: KnownFact) -> bool:
    """True if a clause negates a verb or noun of a fact, and the fact does not."""
    plain = _SILENT.sub(" ", _NO_DENIAL.sub(" ", fold(clause.text)))
    fact = known.fact
    if fact.status == "planned":
        plain = _FOR_NOW.sub(" ", plain)
    if fact.status != "ongoing":
        plain = _NO_LONGER.sub(" ", plain)
    if _UNREAL.search(plain) or not _negates(plain, clause, known):
        return False
    return not is_denied(affirmed(plain), [fact.statement, *(each.quote for each in fact.cites)])


def _negates(plain: str, clause: Claims, known: KnownFact) -> bool:
    """True if a clause says that something is not so, which may be what the fact says."""
    said, is_by_person = known.fact.statement, bool(known.fact.people)
    is_on_speaking = is_by_person and bool(_SPEAKS.search(_BY_WHOM.sub("", said)))
    if is_on_speaking and not any(("person", each.id) in known.tags for each in clause.mentions):
        return False
    if _SAYS_NOTHING.search(plain):
        return is_by_person and bool(_SPEAKS.search(said))
    if any(_is_of_noun(each, plain, clause, known) for each in _NOMINAL.finditer(plain)):
        return True
    return any(_is_of(each["scope"], clause, known) for each in _VERBAL.finditer(plain))


def _is_of_noun(match: re.Match[str], plain: str, clause: Claims, known: KnownFact) -> bool:
    """True if a noun that is no name is one of a fact.

    What somebody has none of must be counted by the fact, not only named in it, and as lasting if it is now: who has no
    troops in a country may have had some there at an exercise, or years ago.
    """
    nouns = clause.other_stems.intersection(stems(match[1]))
    place = max(0, match.start() - 40), match.start()
    if _HAS_NOW.search(plain, *place) and known.fact.status != "ongoing":
        return False
    if _HAS.search(plain, *place):
        return any(nouns & each.heads for each in known.figures)
    return bool(nouns & known.stems)


def _is_of(scope: str, clause: Claims, known: KnownFact) -> bool:
    """True if the first word behind a negation that says something is one of a fact; or nothing but names is there."""
    said = [each for each in stems(scope) if each in clause.other_stems and each not in _LIGHT_WORDS]
    return not said or said[0] in known.about
