"""The words of numbers in English, Russian, Tajik, Persian, and of scales in German and French too.

A module of its own, as every search asks for `has_no_number` and most need no more.

The words are those of folded texts (`tajsec.text.forms.fold`); `tajsec.text.numbers` makes numbers of them.
"""

import re

SCALES = {
    word: scale
    for scale, words in {
        1e2: "hundred hundreds",
        1e3: "thousand thousands k тыс тысяча тысячи тысяч тысячу тысячам тысячами тысячах хазор хазору хазорхо هزار "
        "tausend tsd mille",
        1e5: "lakh lakhs",
        1e6: "million millions mln mn m mio миллион миллиона миллионов миллионам миллионами миллионах млн میلیون ملیون "
        "millionen",
        1e7: "crore crores",
        1e9: "billion billions bn bln миллиард миллиарда миллиардов млрд میلیارد milliarde milliarden mrd "
        "milliard milliards",
        1e12: "trillion trillions tn trn триллион триллиона триллионов трлн",
        12.0: "dozen",
    }.items()
    for word in words.split()
}

TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()

COUNTED = f"""
0 1 zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
16 1 sixteen seventeen eighteen nineteen
20 10 {" ".join(TENS)}
40 10 fourty
0 1 ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать
15 1 пятнадцать шестнадцать семнадцать восемнадцать девятнадцать
20 10 двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто
100 100 сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот
1 1 одного двух трех четырех пяти шести семи восьми девяти десяти одиннадцати двенадцати тринадцати четырнадцати
15 1 пятнадцати шестнадцати семнадцати восемнадцати девятнадцати
20 10 двадцати тридцати сорока пятидесяти шестидесяти семидесяти восьмидесяти девяноста
100 100 ста двухсот трехсот четырехсот пятисот шестисот семисот восьмисот девятисот
1 1 одна две
1 1 як ду се чор панч шаш хафт хашт нух дах ездах дувоздах сездах чордах понздах шонздах хабдах хаждах нуздах
4 1 чахор
20 10 бист си чил панчох шаст хафтод хаштод навад
20 10 бисту сию чилу панчоху шасту хафтоду хаштоду наваду
100 100 сад дусад сесад чорсад панчсад шашсад хафтсад хаштсад нухсад
100 100 саду дусаду сесаду чорсаду панчсаду шашсаду хафтсаду хаштсаду нухсаду
1 1 یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده
20 10 بیست سی چهل پنجاه شصت هفتاد هشتاد نود
100 100 صد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد
"""
"""A value, a step, and the words from the value on, each a step more: English, Russian in two cases, Tajik, Persian."""

FRACTIONS = {"half": 0.5, "quarter": 0.25, "ним": 0.5, "نیم": 0.5}
"""Before a scale, these are a part of it: "half a million", "a quarter of a million"."""

SINGLE = {"dozen": 12.0, "полтора": 1.5, "полмиллиона": 5e5}
"""Words that are not in a row."""

_BEGINNINGS = frozenset({*COUNTED.split(), *SCALES, *FRACTIONS, *SINGLE})


def has_no_number(text: str) -> bool:
    """True if a folded text has no digit and none of the words of numbers."""
    return not any(map(str.isdigit, text)) and _BEGINNINGS.isdisjoint(re.findall(r"[^\W_]+", text))
