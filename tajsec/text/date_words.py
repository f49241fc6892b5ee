"""The words of dates in English, Russian, Tajik, Persian, German and French: one table, with a class and a value each.

The words are those of folded texts (`tajsec.text.forms.fold`).
"""

from collections.abc import Iterator

from tajsec.text.forms import fold

_TABLE = """
M1 january jan januar jänner janvier janv январ* янв ژانویه جنوری
M2 february feb febr februar février fevr феврал* фев فوریه فبروری
M3 march märz март* مارس مارچ
M4 april apr avril avr апрел* апр آوریل اپریل
M6 june jun juni juin июн* ژوئن جون
M7 july jul juli juillet juil июл* ژوئیه جولای
M8 august aug août август* авг اوت آگوست اگست
M9 september sep sept septembre сентябр* сен сент سپتامبر سپتمبر
M10 october oct oktober okt octobre октябр* окт اکتبر اکتوبر
M11 november nov novembre ноябр* ноя нояб نوامبر نومبر
M12 december dec dezember dez décembre декабр* дек دسامبر دسمبر
m3 mar mär mars мар
m5 may mai май мая мае маю маем майи مه می
S1 spring весна весной весны весну баҳор баҳори بهار frühling frühjahr printemps
S2 summer лето летом лета тобистон тобистони تابستان sommer été
S3 autumn fall осень осенью осени тирамоҳ тирамоҳи پاییز herbst automne
S4 winter зима зимой зимы зиму зимистон зимистони زمستان hiver
P1 early beginning start начало начале начала аввали اوایل ابتدای آغاز anfang début
P2 mid middle середина середине середины миёнаи اواسط mitte milieu
P3 late اواخر spät
P4 end конец конце концу конца охири پایان ende fin
Q3 q quarter квартал квартале квартала семоҳаи quartal trimestre
Q6 h half semester полугодие полугодии полугодия нимсолаи halbjahr semestre
T1 w wk week kw woche неделя неделе недели ҳафтаи هفته semaine
O1 first первый первом первого
O2 second второй втором второго
O3 third третий третьем третьего
O4 fourth четвёртый четвёртом четвёртого
O19 nineteenth девятнадцатый девятнадцатом
O20 twentieth двадцатый двадцатом
E0 noughties нулевые нулевых
E20 twenties двадцатые двадцатых бистум
E30 thirties тридцатые тридцатых сиюм
E40 forties сороковые сороковых чилум
E50 fifties пятидесятые пятидесятых панҷоҳум
E60 sixties шестидесятые шестидесятых шастум
E70 seventies семидесятые семидесятых ҳафтодум
E80 eighties восьмидесятые восьмидесятых ҳаштодум
E90 nineties девяностые девяностых навадум
V19 nineteen
K0 century cent век века веке асри аср садаи قرن سده jahrhundert siècle
B0 decade даҳаи даҳсолаи دهه
Z0 s ies е х ум
H0 th st nd rd er e го ого й м
U0 year yr г гг год году года годом годы годов годах сол соли солҳои سال سالهای jahr jahre jahres an année
F0 fy fiscal financial финансовый финансового финансовом
A0 c ca circa approximately about around roughly около примерно тақрибан حدود etwa um environ vers
G0 day рӯзи روز tag jour
L0 of the de des du der den la le von
I0 in between since last this by until till before after from up в во к дар در im en
J0 to through thru till until bis по до то تا à au
W0 monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
"""
"""A class with a value, then its words, a line; a star stands for each of `_ENDINGS`.

M month, S season, P part, Q quarter or half with its months, T week, O ordinal, E decade, V its century, K century,
B decade and Z ending before and behind a number, H ending of an ordinal, U year, F fiscal, A about, G day, L article,
I preposition, J "to", W weekday. The months of class `m` are other words as well: they count beside a day, a year, a
preposition or another month only.
"""

_ENDINGS = ("", "ь", "я", "е", "ю", "ем", "и", "а", "у", "ом")
"""The endings of months in Russian and Tajik."""

_ROMANS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi".split()
_ROMAN_CENTURIES = _ROMANS[12:]

END = 4
"""The value of the words for "end": a late part, but before the end of a year is before the next one."""


def _entries() -> Iterator[tuple[str, tuple[str, int]]]:
    for line, folded in zip(_TABLE.split("\n"), fold(_TABLE).split("\n"), strict=True):
        for word in folded.split()[1:]:
            for ending in _ENDINGS if word.endswith("*") else ("",):
                yield word.rstrip("*") + ending, (line[0], int(line.split()[0][1:]))
    yield from ((numeral, ("R", value)) for value, numeral in enumerate(_ROMANS, 1))
    yield from ((f"{numeral}e", ("R", _ROMANS.index(numeral) + 1)) for numeral in _ROMAN_CENTURIES)


WORDS = dict(_entries())
"""The class and the value of each word; of a numeral, class R and its value."""
