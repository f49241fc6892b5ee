"""Whether a clause denies what a fact says."""

import re

from tajsec.check.polarity import added_negations
from tajsec.model.records import Fact
from tajsec.text.forms import fold
from tajsec.text.words import stems

_NO_DENIAL = re.compile(
    r"(?<!\w)(?:not|n't) (?:until|before|just|merely|simply|only|even|yet)(?!\w)"
    r"|(?<!\w)no (?:later|longer ago|doubt|matter)(?!\w)"
)
"""Phrases whose "not" or "no" denies nothing that a fact would say."""

_SILENT = re.compile(
    r"(?<!\w)(?:not|never|\w+n't|refus\w+ to|declin\w+ to|fail\w* to) (?:\w+ly )?"
    r"(?:(?:say|said|disclos|specif|reveal|mention|explain|comment|clarif|elaborat|publish|detail|know)\w*"
    r"|(?:giv|nam|stat)\w* (?:any |a |the |its |their )?(?:reason|detail|figure|date|number|name|source)s?)"
)
"""Words about what somebody leaves unsaid, which is no denial of what is said elsewhere."""

_LEFT_OUT = re.compile(r"(?<!\w)(?:kept|left|shut|locked) out of(?!\w)|(?<!\w)(?:excluded|barred|banned) from(?!\w)")

_NO = re.compile(
    r"(?<!\w)(?:no|without|neither|nor|none of)\s+"
    r"((?:(?!(?:for|of|in|on|to|at|by|about|from|with|was|were|is|are|has|have|had)\b)[^\W_]+[\s-]?){1,4})"
)
"""A negation of the noun behind it."""

_OTHER_NEGATION = re.compile(
    r"(?<!\w)(?:not|never|cannot|\w+n't|den(?:y|ies|ied)|refus\w*|reject\w*|fail(?:s|ed) to|no longer)(?!\w)"
)


def denies(clause: str, fact: Fact) -> bool:
    """True if a clause has a negation that a fact has not, of a verb or of something that the fact names."""
    plain = _SILENT.sub(" ", _NO_DENIAL.sub(" ", fold(clause)))
    texts = [fact.statement, *(each.quote for each in fact.cites)]
    if _LEFT_OUT.search(plain):
        return not any(_LEFT_OUT.search(fold(text)) for text in texts)
    denied = [each[1] for each in _NO.finditer(plain)]
    about = set(stems(" ".join(texts)))
    if not _OTHER_NEGATION.search(plain) and not any(about & set(stems(each)) for each in denied):
        return False
    return any(added_negations(plain, texts))
