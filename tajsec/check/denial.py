"""Whether a clause denies what a fact says.

A clause denies if a negation of English is in it that is not one of a part, a bound or an earlier time, and that is of
what the clause says or of a noun of the fact; and if the fact has no negation of the same itself.
"""

import re

from tajsec.check.polarity import is_denied
from tajsec.model.records import Fact
from tajsec.text.forms import fold
from tajsec.text.words import stems

_NOT = r"(?:not|never|cannot|\w+n't)"

_GIVES_UP = (
    r"refus\w+|declin(?:e|es|ed|ing) to|reject\w*|den(?:y|ies|ied|ying)|fail(?:s|ed|ing)? to|rul(?:e|es|ed|ing) out"
    r"|turn(?:s|ed)? (?:it |them )?down|decid\w+ against|opt(?:s|ed)? out of|call(?:s|ed)? off|cancel\w*|abandon\w*"
    r"|scrap(?:s|ped)?|shelv(?:e|es|ed)|f[ae]ll(?:s|en)? through|c[ao]mes? to nothing|withh[eo]ld\w*"
    r"|stop(?:s|ped)? short of|stay(?:s|ed)? (?:away from|out of)|(?:kept|left|shut|locked) (?:\w+ )?out of"
    r"|exclud\w+ from|barred from|banned from|unable to|unwilling to|far from|anything but|left un\w+ed"
)
"""Verbs and the like by which something is not so, or is not done."""

_YET = rf"(?:yet|still) to(?= \w)|not yet|{_NOT} (?:\w+ ){{1,4}}(?:so far|as yet|yet)"
"""Negations for now, which are none of a plan."""

_LIGHT = (
    r"(?:part|role|place|say|share|hand|interest|intention|plan|wish|need|use|sign|trace|attempt|effort|move|step|way"
    r"|more|such|longer|one)s?"
)
"""Nouns of which "no" negates the verb: "plays no part in" is "is not in"."""

_NO_DENIAL = re.compile(
    rf"(?<!\w)(?:{_NOT} (?:until|before|just|merely|simply|only|even|all|every\w*|always|alone|enough|least|surpris\w+"
    r"|the (?:first|last|only)|long|far|to mention)"
    rf"|had (?:{_NOT} [^.;]*\b(?:before|until|previously|yet)|yet to)|before [^.;]*\bhad {_NOT}"
    r"|no (?:later|longer ago|doubt|matter|wonder|secret|surprise|stranger|exception|coincidence)"
    r"|nothing (?:but|less|short)|(?:nobody|no one) (?:but|else|except)|no other|whether or not|not? (?:more|less|fewer)"
    rf"|(?:{_NOT}|no|nobody|no one|nothing|without) (?:\w+ )?(?:{_GIVES_UP}))(?!\w)"
)
"""Negations of a part, a bound, or an earlier time, and double ones."""

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

_NOMINAL = re.compile(
    r"(?<!\w)(?:no|without|neither|nor|none of)\s+"
    r"((?:(?!(?:for|of|in|on|to|at|by|about|from|with|was|were|is|are|has|have|had)\b)[^\W_]+[\s-]?){1,4})"
)
"""A negation of the noun behind it."""

_VERBAL = re.compile(
    rf"(?<!\w)(?:{_NOT}|nobody|nothing|nowhere|hardly|scarcely|no {_LIGHT}|{_GIVES_UP}|{_YET})(?!\w)"
)
"""A negation of what the clause says."""

_FOR_NOW = re.compile(rf"(?<!\w)(?:{_YET})(?!\w)")


def affirmed(clause: str) -> str:
    """Return a clause without its negation: what it denies."""
    return _VERBAL.sub(" ", _SAYS_NOTHING.sub(" ", clause))


def denies(clause: str, fact: Fact) -> bool:
    """True if a clause has a negation that a fact has not, of a verb or of something that the fact names."""
    plain = _SILENT.sub(" ", _NO_DENIAL.sub(" ", fold(clause)))
    if fact.status == "planned":
        plain = _FOR_NOW.sub(" ", plain)
    texts = [fact.statement, *(each.quote for each in fact.cites)]
    return _negates(plain, fact, texts) and not is_denied(affirmed(plain), texts)


def _negates(plain: str, fact: Fact, texts: list[str]) -> bool:
    """True if a clause says that something is not so, which may be what the fact says."""
    if _SAYS_NOTHING.search(plain):
        return bool(fact.people and _SPEAKS.search(fact.statement))
    about = set(stems(" ".join(texts)))
    denied = (each[1] for each in _NOMINAL.finditer(plain))
    return bool(_VERBAL.search(plain)) or any(about & set(stems(each)) for each in denied)
