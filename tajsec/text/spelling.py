"""Similar words: by edit distance, by sound, by common parts. RapidFuzz is imported only when it is needed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from tajsec.text.forms import fold


def allowed_edits(word: str) -> int:
    """Return the number of typing slips that are corrected in a word: 0 to 2, by its length.

    It is 0 for words under four letters and for numbers, in which most slips make another word or number.
    """
    if len(word) < 4 or any(map(str.isdigit, word)):
        return 0
    return 1 if len(word) < 8 else 2


def is_short(word: str) -> bool:
    """True for a word of at most five letters: so short a word is as likely another word as a mistyped one."""
    return len(word) <= _SHORT


def is_plausible_slip(typed: str, word: str) -> bool:
    """True if `typed` may be a mistyped `word`, which is one edit away from it.

    People seldom mistake the first letter. In a short word another consonant mostly makes another word (cake, take;
    card, car); vowels, doubled letters and swapped ones are what people do get wrong.
    """
    if not is_short(typed):
        return True
    changed = (Counter(typed) - Counter(word)) + (Counter(word) - Counter(typed))
    return typed[0] == word[0] and all(letter in "aeiouy" or letter * 2 in typed + " " + word for letter in changed)


def splits(form: str) -> list[tuple[str, str]]:
    """Return the ways to take a form apart, evenly first; each part has three letters at least, as nearly all words."""
    cuts = [(form[:cut], form[cut:]) for cut in range(3, len(form) - 2)]
    return sorted(cuts, key=lambda cut: -min(map(len, cut)))


_SHORT = 5


def sound(word: str) -> str:
    """Return a key that is the same for words of nearly the same sound: lavroff and lavrov, dustee and dusti."""
    for letters, sounds in _SOUNDS:
        word = word.replace(letters, sounds)
    word = word.translate(_LETTERS)
    return word[:1] + "".join(letter for before, letter in pairwise(word) if letter != before and letter not in "hw")


_SOUNDS = (
    *(("sch", "sh"), ("dzh", "j"), ("ph", "f"), ("ck", "k"), ("ce", "se"), ("ci", "si"), ("cy", "si"), ("qu", "k")),
    *(("kh", "h"), ("gh", "g"), ("zh", "j"), ("dj", "j"), ("ee", "i"), ("ea", "i"), ("ie", "i"), ("ei", "i")),
    *(("ae", "e"), ("ai", "e"), ("oo", "u"), ("ou", "u")),
)

_LETTERS = str.maketrans({"y": "i", "c": "k", "z": "s", "v": "f", "w": "f", "q": "k", "x": "ks"})


def is_one_slip(typed: str, word: str) -> bool:
    """True if two words are one slip apart (optimal string alignment distance 1).

    It does not use RapidFuzz, whose import of 15 ms is half the time of a search for a mistyped word.
    """
    short, long = sorted((typed, word), key=len)
    if len(long) - len(short) > 1 or short == long:
        return False
    same = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    rest, other = short[same:], long[same:]
    if len(short) < len(long):
        return rest == other[1:]
    return rest[1:] == other[1:] or (rest[:2] == other[1::-1] and rest[2:] == other[2:])


def closest(word: str, candidates: Sequence[str], *, edits: int, limit: int | None) -> list[tuple[str, int]]:
    """Return the `limit` candidates nearest to `word` within `edits` slips, nearest first, with their slips.

    A slip is one letter added, left out or changed, or two neighbours swapped (optimal string alignment distance).
    Of equally near ones, those with the same first letter come first, then it is the alphabet.
    """
    if not edits:
        return []
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extract(word, candidates, scorer=OSA.distance, score_cutoff=edits, limit=None)
    ranked = sorted((slips, candidate[:1] != word[:1], candidate) for candidate, slips, _ in found)
    return [(candidate, int(slips)) for slips, _, candidate in ranked[:limit]]


def near_names(name: str, existing: Iterable[str]) -> list[str]:
    """Return at most three existing names similar to `name`: those within a few slips, then those that contain it."""
    folded = fold(name)
    by_fold = {fold(each): each for each in existing}
    containing = sorted((not each.startswith(folded), each) for each in by_fold if len(folded) > 2 and folded in each)
    typos = [each for each, _ in closest(folded, list(by_fold), edits=max(1, len(folded) // 3), limit=3)]
    chosen = dict.fromkeys([*typos, *(each for _, each in containing)])
    return [by_fold[each] for each in chosen][:3]


def nearest_run(words: str, text: str) -> str:
    """Return the run of whole words of a text that is most similar to `words`."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    found = partial_ratio_alignment(words, text) if len(words) <= len(text) else None
    if found is None:
        return text
    start = text.rfind(" ", 0, found.dest_start + 1) + 1
    end = text.find(" ", found.dest_end)
    return text[start : end if end >= 0 else len(text)]
