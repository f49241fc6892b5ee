"""Makes the list of English words from SCOWL: `python -m tajsec.generate.english [FOLDER]` writes it anew.

The folder contains SCOWL 2020.12.07 as Debian's package `scowl` has it, in UTF-8; by default it is that of the package.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tajsec.text import english
from tajsec.text.forms import fold

RENEW = "python -m tajsec.generate.english"

SCOWL = Path("/usr/share/dict/scowl")
"""Where Debian's package puts the files."""

LIST = Path(english.__file__).parent / "word_list" / "english.txt"

HEADER = "# SCOWL 2020.12.07 up to size 60, and names: see LICENSE beside this file"
"""The first line. The search never compares it: it looks at lines after an offset."""

LARGEST = 60
"""The largest size of SCOWL that is taken. Of 63,973 common misspellings (codespell 2.4), size 60 has none among its
words, size 70 has 136: stedfast, rasing. Of the words that size 60 lacks, hardly any is in general use."""

SPELLINGS = ("english", "american", "british", "british_z")

NAMES = """
    # countries and territories, as far as SCOWL has not all their words
    aland burkina caicos comorian costa rica cunha divoire eswatini faroe faroese faso futuna kitts kosovar kosovo
    leone leste maarten marino mayotte micronesian miquelon niue nevis palau papua tokelau turkiye vatican wallis
    abkhazia abkhaz adjara ossetia ossetian transnistria transnistrian karabakh nagorno artsakh gagauzia dagestan
    dagestani ingushetia tatarstan bashkortostan kabardino kalmykia karakalpakstan karachay gaza palestine
    somaliland puntland darfur tigray amhara oromo catalonia xinjiang uyghur uyghurs chechen chechens chechnya
    # nationalities and peoples
    bahraini bahrainis baluch baloch balochi botswanan burkinabe djiboutian emirati emiratis hazara hazaras
    kazakhstani kazakhstanis kurds pashtun pashtuns pashto pamiri pamiris rohingya tuvan yakut yazidi yazidis iraqis
    iranians kosovars kyrgyz tajik tajiks turkmen turkmens
    # capitals; towns and mountains of the wider region
    addis ababa asuncion bogota dili gitega juba kuala lumpur kyiv naypyidaw nur penh phnom podgorica prishtina
    pristina ramallah sanaa tirana ulaanbaatar aden aktau aktobe almaty andijan ashkhabad atyrau bakhmut balkh
    batumi belgorod bukhara donbas donetsk fergana ferghana ghazni grozny gwadar gyumri herat jalalabad kaliningrad
    kandahar karaganda kashgar kazan kerch kharkiv kherson khiva khost kunduz kursk lashkar luhansk lviv mahachkala
    makhachkala mariupol mashhad mazar melitopol merv murmansk namangan nukus odesa osh peshawar pokrovsk quetta
    raqqa rostov samarkand semey sevastopol shymkent simferopol sukhumi taldykorgan taraz termez tskhinvali tiraspol
    urumqi vladikavkaz vladivostok zaporizhzhia avdiivka idlib mosul deir ezzor homs latakia tartus khmeimim natanz
    fordow isfahan pamir pamirs tian hindu kush karakoram caucasus caspian aral hormuz bosphorus kolkata mumbai
    bengaluru chennai
    # alliances, agencies and courts
    asean aukus brics cern darpa eurojust europol eurasec fifa frontex gchq iaea icao iccpr icrc iom ipcc mercosur
    minusma minusca monusco nsa ocha ohchr opcw oecd sipri uefa undp unama unaids unami undof unep unfpa unhcr
    unficyp unifil unmik unoc unodc unops usaid usda wfp wto cstv gru fsb svr mossad bundeswehr bundestag rosgvardia
    roscosmos rosneft rosatom rosoboronexport gazprom lukoil spetsnaz duma pentagon bellingcat interfax tass sputnik
    eurofighter eurozone schengen maastricht
    # armed groups
    daesh farc haram boko hamas hezbollah hizbullah houthi houthis jaish jemaah islamiyah mujahid peshmerga qaeda
    qaida shabaab talib taliban tehrik wilayat khorasan haqqani azov kadyrovtsy mahdi ttp
    # weapons and makers
    abrams airbus akinci antonov bayraktar boeing bradley bulava buran buk caesar casspir challenger chinook
    eurocopter excalibur geran gepard grad granit gripen harpoon himars howitzer humvee humvees igla iskander
    iskanders javelin kalibr kalashnikov kamaz kamov khrizantema kinzhal kornet leopard lockheed manpad manpads
    merkava mikoyan milan nlaw northrop grumman orlan osa panzerfaust pantsir patriot poseidon rafale raytheon saab
    sarmat shahed shaheds smerch solntsepek starstreak stinger stryker sukhoi switchblade taurus thales tochka topol
    tornado tupolev typhoon tunguska uragan ural vikhr wagner yars zircon zumwalt uaz ilyushin rheinmetall
    # statesmen of these years
    akayev aliyev ashraf atambayev bakiyev biden blinken erdogan ghani guterres japarov jinping karimov karzai
    khamenei khomeini lavrov lukashenko macron medvedev meloni merkel mirziyoyev modi narendra navalny nazarbayev
    netanyahu niyazov obama pashinyan peskov poroshenko prigozhin putin raisi rouhani saakashvili scholz shoigu
    stoltenberg sunak tokayev trump yanukovych yeltsin zelensky zelenskyy berdimuhamedov kadyrov assad gaddafi
    saddam
    # firms and services known to everybody
    alibaba bitcoin blockchain chatgpt covid huawei instagram iphone netflix openai spacex starlink telegram tesla
    tiktok uber whatsapp wikileaks wikipedia youtube
"""
"""Names of the kinds that are asked about in security policy. SCOWL dates from 2020, and up to size 60
it has few of them; its larger sizes add names that are more often misspellings."""


def word_list(folder: Path) -> bytes:
    """Return the list as it is shipped, from the files of SCOWL in a folder. Raises OSError if they are not there."""
    entries = {_plain(entry): entry.islower() for entry in sorted([*_scowl(folder), *map(str.title, _names())])}
    words = [
        word if is_common else word.capitalize()
        for word, is_common in entries.items()  # of "Turkey" and "turkey" the last one is kept: the word
        if word.isascii() and word.isalpha()
    ]
    return "\n".join([HEADER, *sorted(words), ""]).encode() + english.END


def _names() -> Iterator[str]:
    for line in NAMES.split("\n"):
        yield from () if line.strip().startswith("#") else line.split()


def _scowl(folder: Path) -> Iterator[str]:
    """Yield the entries up to the largest size, without possessives; of abbreviations those in capitals, as NATO is."""
    for path in sorted(folder.iterdir()):
        spelling, _, kind = path.stem.partition("-")
        if spelling in SPELLINGS and int(path.suffix[1:]) <= LARGEST:
            entries: Iterable[str] = path.read_text(encoding="utf-8").split("\n")
            if kind == "abbreviations":
                entries = filter(str.isupper, entries)
            yield from (each for each in entries if not each.endswith("'s"))


def _plain(entry: str) -> str:
    """Return an entry as `tajsec.text.words.tokens` returns it: folded, without apostrophes."""
    return fold(entry).replace("'", "")


if __name__ == "__main__":
    LIST.write_bytes(word_list(Path(sys.argv[1]) if len(sys.argv) > 1 else SCOWL))
