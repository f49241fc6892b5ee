"""Words as they are searched: folded, in American spelling, reduced to their stem.

The index and the queries use the same functions, so a query finds a word in its other spellings: British or American,
with or without hyphens and apostrophes, inflected (the Snowball "english" stemmer, https://snowballstem.org). Words of
under four letters are not stemmed: they are mostly acronyms.
"""

import functools
import re
from typing import TYPE_CHECKING

from tajsec.text.forms import fold

if TYPE_CHECKING:
    import Stemmer


STOP_WORDS = frozenset(
    """
    a about after all also an and any are as at be been before being between by can could did do does doing down for
    from had has have having he her here his how i if in into is it its just like
    make makes many may me might more most much my no nor not now of off on once one only or other our out over own
    please same she should show so some still such tell than that the their them then there these they this those
    through to too under until up very was we were what when where which while who whom whose why will with would you
    your ever really going want wants happen happens happened happening thing things anything something
    в во на и с со о об по из от для как что это к у за до при или не а но же ли бы
    сколько кто где когда какои какая какие почему зачем был была были есть будет
    дар ва аз ба бо барои то ки е як чи чанд ки кучо каи чаро аст буд мешавад
    در از به و با برای که تا این ان را یا است چه چند کی کجا چرا بود
    какого какому каким каком какую какою каких какими каков какова каково каковы которыи которая которое которые
    которого которои которых котором которую куда откуда насколько скольких скольки чеи чья чье чьи кого кому кем
    ком чем чему чего еще уже тоже также только лишь даже если чтобы потому поэтому ведь вот там тут здесь туда
    сюда тогда сеичас теперь после перед между над под про через около возле без ради среди его ее их им ему еи
    ними него нее них мы вы они он она оно мне нам вас нас свои своего своеи этот эта эти этого этои этих тот та те
    того тои тех все всех всего всему весь вся раз разве неужели какое-то которыи-то является являются являлся
    можно нужно надо быть будут пусть именно примерно расскажи покажи наиди скажи назови перечисли сколько-нибудь
    срок срока данные том числе кадом кадоме кадомхо чист чистанд кист кистанд буданд будааст мебошад мебошанд хаст
    хастанд нест набуд шуд шуданд шудааст карда кард карданд кунад мекунад чигуна ин онхо инхо бе пеш пас баъд
    баъди холо хам агар чунки зеро магар аллакаи хануз худ худи тавассути бораи ое شد شدند شده شدن شود می‌شود میشود
    هست هستند نیست بودند بوده باشد باشند کدام کدامند چگونه چطور چقدر چندین چندتا چیست کیست کیستند ایا کرد کردند
    کرده می‌کند میکند انها اینها درباره هم نیز اما ولی اگر پس پیش بعد قبل بین روی زیر هنوز فقط همه هر خود
    de la le les du des et en der die das und im von
    """.split()
)
"""Folded words of a question without a subject; ranking ignores them, and no answer needs to contain them."""

LIGHT_WORDS = frozenset(
    """
    able across actually again against ago along already always another anybody anyone around ask asked available
    away back bad based became become began begin begun best better big both bring brought called came cannot
    certain clear close come current currently day deal detail details different done during each early easier easy
    either else end enough even event events every everybody everyone everything exact exactly fact facts far feel
    few find first follow following follows found full further gave general get gets getting give given gives go
    goes good got great hand happening hard help high hold huge important including info information instead job
    keep keeps kept kind know known large last late later lead least leave left less let life little located long
    longer look looked looking lot lots made main matter matters mean means member men mid mostly move must name
    named near nearly need needed needs never new next nobody nothing number often old open order ordinary others
    part people perhaps place places point possible present put puts quite rather reach real receive received
    receiving recent recently right role run said say says second see seen several side similar since situated small
    somebody someone sometimes soon sort start started state stated stationed still stop sure take taken takes talk
    talked team third thought three time times today together told took topic toward towards tried try turn turned
    turning two type use used user uses using usual usually various want wanted way ways week well went whole wide
    within without woman women word work worked working world worth would year yearly years yes yet young
    """.split()
)
"""Common words of little meaning; they count in the ranking, but an answer without them loses little."""

_TOKEN = re.compile(r"[^\W_]+(?:[.,]\d+)*")

_ISE = ("ise", "ises", "ised", "ising", "isation", "isations")

_OUR = ("our", "ours", "oured", "ouring", "ourable", "oural", "ourite", "ourites", "ourhood", "ourhoods")

_ENDINGS = (
    *((ending, ending.replace("is", "iz", 1), 3) for ending in _ISE),
    *((ending, ending.replace("our", "or", 1), 3) for ending in _OUR),
    *(("tre", "ter", 2), ("tres", "ters", 2), ("ence", "ense", 3), ("ences", "enses", 3)),
    *(("mme", "m", 5), ("mmes", "ms", 5)),
)
"""British endings, American ones, and the least number of letters before them: organise, colour, centre, defence."""

_BRITISH = tuple(british for british, *_ in _ENDINGS)


@functools.cache
def _stemmer() -> "Stemmer.Stemmer":
    import Stemmer  # not needed for most queries: the store has the stems of its own words

    return Stemmer.Stemmer("english")


def tokens(text: str) -> list[str]:
    """Return the folded words of a text in order; a number keeps its points but not its commas: "4,862" is "4862"."""
    plain = fold(text).replace("'", "")
    return [token.replace(",", "") if token[0].isdigit() else token for token in _TOKEN.findall(plain)]


@functools.lru_cache(maxsize=65536)  # the same words are in many facts of a store that is compiled
def stem(token: str) -> str:
    """Return the stem of a folded word."""
    if len(token) < 4 or token[0].isdigit() or not token.isascii():
        return token
    return str(_stemmer().stemWord(american(token)))


def american(token: str) -> str:
    """Return a folded word in its American spelling."""
    for british, ending, least in _ENDINGS if token.endswith(_BRITISH) else ():
        if token.endswith(british) and len(token) >= least + len(british):
            token = token[: -len(british)] + ending
            break
    return token.replace("oeu", "eu")


def stems(text: str) -> list[str]:
    """Return the stems of a text's words, in order."""
    return [stem(token) for token in tokens(text)]
