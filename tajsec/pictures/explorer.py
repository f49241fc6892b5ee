"""The whole store as one page (`tajsec export --html`): searched as one types, without a request to anywhere.

The page contains its facts as elements, the index that `explorer_index` makes, MiniSearch, and `explorer.js`, which
reads what is typed. Its policy lets a browser run the two scripts and use the style sheet, by their digests, and
nothing else: data that contained markup would be text, and if it were not, it would not run.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from tajsec import __version__
from tajsec.pictures import explorer_facts
from tajsec.pictures.explorer_index import search_data
from tajsec.pictures.markup import Element, for_light_and_dark, html_text, style, tag
from tajsec.pictures.page import CSS, variables
from tajsec.search.scoring import MAX_QUERY
from tajsec.text.forms import counted
from tajsec.text.jsontext import dumps

if TYPE_CHECKING:
    from tajsec.model.protocol import SearchableStore

TITLE = "Facts on Tajikistan's security cooperation"
HELP = (
    "Press / to search, and Enter on a fact for its receipt. Names, numbers and dates are read as by tajsec search; "
    "quotation marks, OR and NOT are not. A date with a star is inferred."
)
RIGHTS = (
    "The shipped facts are under CC0 1.0; the quotes remain their authors'. This page loads nothing and sends nothing."
)


def explorer_page(store: "SearchableStore", numbered: Sequence[int]) -> str:
    """Return a page with the facts of these numbers. Raises OSError if the list of English words is missing."""
    facts = store.by_numbers(numbered)
    options = explorer_facts.filters(store, numbered)
    data = {
        "facts": explorer_facts.ranked(store, numbered),
        "filters": [[places for _, places in each] for each in options.values()],
        **search_data(store, numbered, facts),
    }
    css = for_light_and_dark(variables) + CSS + _file("explorer.css")
    library, program = _library(), _file("explorer.js")
    axis, bars = explorer_facts.bars(store, numbered)
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", http_equiv="Content-Security-Policy", content=_policy(css, library, program)),
        tag("title", f"{TITLE} - tajsec"),
        style(css),
    )
    body = tag(
        "body",
        tag("header", tag("h1", TITLE), _form(options)),
        tag(
            "main",
            tag("p", id="status", role="status"),
            axis,
            tag("h2", "Facts", class_="unseen"),
            tag("ol", id="list"),
            tag("button", id="more", type="button", hidden=""),
        ),
        tag("footer", *_foot(len(facts))),
        tag("template", *explorer_facts.cards(store, numbered, facts), id="cards"),
        tag("template", *bars, id="bars"),
        _raw("script", dumps(data, spaced=False).replace("<", "\\u003c"), id="data", type="application/json"),
        _raw("script", library),
        _raw("script", program),
    )
    return html_text(tag("html", head, body, lang="en"))


def _file(name: str) -> str:
    return (files("tajsec.pictures") / "explorer_files" / name).read_text(encoding="utf-8")


def _library() -> str:
    """Return MiniSearch below its licence, without the line that names a file beside it."""
    return f"/*\n{_file('LICENSE')}*/\n{_file('minisearch.js').partition('//# sourceMappingURL')[0]}"


def _raw(name: str, text: str, **attributes: str) -> Element:
    """Return an element whose text is not escaped: a constant of this package, or JSON without "<"."""
    element = tag(name, **attributes)
    element.text = text
    return element


def _policy(css: str, *scripts: str) -> str:
    """Return a policy (https://www.w3.org/TR/CSP3/) that allows this style sheet and these scripts alone."""
    allowed = " ".join(map(_digest, scripts))
    return f"default-src 'none'; script-src {allowed}; style-src {_digest(css)}; base-uri 'none'; form-action 'none'"


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _form(options: Mapping[str, Sequence[tuple[str, Sequence[int]]]]) -> Element:
    hint = "a name, a figure, a date: radios; ambulances 2016; over $5 million"
    own = {"autocomplete": "off", "spellcheck": "false", "autofocus": "", "maxlength": str(MAX_QUERY)}
    return tag(
        "form",
        tag("label", "Search ", tag("input", id="query", type="search", placeholder=hint, **own), class_="query"),
        *(tag("label", f"{label} ", _choice(choices)) for label, choices in options.items()),
        tag("label", tag("input", id="timeline", type="checkbox"), " In order of time"),
        role="search",
    )


def _choice(choices: Sequence[tuple[str, Sequence[int]]]) -> Element:
    shown = (tag("option", f"{name} ({len(found)})", value=str(place)) for place, (name, found) in enumerate(choices))
    return tag("select", tag("option", "all", value=""), *shown)


def _foot(count: int) -> list[Element]:
    return [
        tag("noscript", tag("p", "This page searches with JavaScript, which is turned off in this browser.")),
        tag("p", HELP, class_="soft"),
        tag("p", f"{counted(count, 'fact')}, written by tajsec {__version__}. {RIGHTS}", class_="soft"),
    ]
